import type { Answer } from '../../api/call.ts';

export type Person = Answer<'listStaff'>['items'][number];
