import type { Answer } from '../../../api/call.ts';

export type Designation = Answer<'listDesignations'>['items'][number];
