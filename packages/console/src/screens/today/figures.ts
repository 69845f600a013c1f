import type { Answer } from '../../api/call.ts';

export type Figures = Answer<'getToday'>;
