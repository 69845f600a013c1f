import type { Answer } from '../../../api/call.ts';

export type Region = Answer<'listRegions'>['items'][number];
