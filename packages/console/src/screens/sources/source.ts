import type { Answer } from '../../api/call.ts';

export type ListedSource = Answer<'listSources'>['items'][number];
export type Source = Answer<'getSource'>;
export type Channel = Source['channel'];

export const channels = ['form', 'json', 'google', 'meta', 'file'] as const satisfies Channel[];

/** What a change of a source makes old. */
export const changedBySource = ['listSources', 'getSource', 'listFilters', 'getToday'] as const;
