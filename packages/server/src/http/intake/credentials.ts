import type { IncomingHttpHeaders } from 'node:http';
import { sameHash } from '../../keys/encoding.ts';
import { hashToken } from '../../keys/sourceToken.ts';
import { Refusal } from '../../refusal.ts';
import type { Source } from '../../store/sources.ts';

const BEARER = /^Bearer +(\S+)$/i;

/** The token that a JSON request shows: in `x-source-token`, or as a bearer token (RFC 6750). */
export function tokenOfHeaders(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-source-token'];
  return own === undefined ? BEARER.exec(headers.authorization ?? '')?.[1] : String(own).trim();
}

/**
 * One answer for an unknown source and a wrong token: who guesses learns nothing of the token. That
 * there is a source may be seen otherwise: the address of a form stands in public pages.
 */
export const noSuchSource = () =>
  new Refusal('invalid_source_token', 'Unknown source, or its token is missing or wrong.');

/** Refuses a token that is not one of the source. */
export function assertToken(source: Source | undefined, token: unknown): asserts source is Source {
  const hash = typeof token === 'string' ? hashToken(token) : undefined;
  const good = hash && source?.token_hashes.some((own) => sameHash(own, hash));
  if (!good) throw noSuchSource();
}
