import type { HttpCall, Load } from './load.ts';
import type { Caller } from './setup.ts';

export type Operation = 'readContacts' | 'pullContacts' | 'getPulledContacts' | 'getProgrammes';

/** An operation of the Client API, and how many contacts (or programmes) its answer has. */
export interface Work {
  readonly operation: Operation;
  readonly limit: number;
}

export const named = ({ operation, limit }: Work): string =>
  operation === 'getProgrammes' ? operation : `${operation} ${limit}`;

/** The same calls of several connections to one server, in its own words. */
export const overHttp = (url: string, { operation, limit }: Work, calls: HttpCall[]) =>
  ({
    over: 'http',
    url,
    mark: operation === 'getProgrammes' ? '"nom":' : '"source_reference":',
    contacts: limit,
    calls,
  }) satisfies Load;

/** A call of the Client API; `key` is what the server knows the caller by. */
export const clientCall = ({ operation, limit }: Work, key: string): HttpCall => ({
  first: {
    method: 'POST',
    path: '/api/v1',
    headers: { 'x-api-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ operation, ...(operation !== 'getProgrammes' && { limit }) }),
  },
});

/** The calls of some callers to Relais. */
export const relaisCalls = (work: Work, callers: readonly Caller[]): HttpCall[] =>
  callers.map(({ key }) => clientCall(work, key));
