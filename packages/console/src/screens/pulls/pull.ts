import type { Answer } from '../../api/call.ts';

export type Pull = Answer<'listPulls'>['items'][number];
export type Item = Answer<'getPull'>['items'][number];
