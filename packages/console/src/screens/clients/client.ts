import type { Answer } from '../../api/call.ts';

export type Client = Answer<'listClients'>['items'][number];
export type Key = Answer<'listKeys'>['items'][number];
