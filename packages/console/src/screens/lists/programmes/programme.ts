import type { Answer } from '../../../api/call.ts';

export type Programme = Answer<'listProgrammes'>['items'][number];
