import { Refusal } from '../../refusal.ts';
import type { Source } from '../../store/sources.ts';

/**
 * The headers with which pages of a source's own origins may read the answer to their form (Fetch
 * standard, CORS protocol). A page of another origin is refused: its form is not one of the source.
 * Without a list any page may post, and none may read. A request without Origin comes from no page.
 */
export function corsHeaders(source: Source, origin: string | undefined): Record<string, string> {
  if (!source.origins || origin === undefined) return {};
  if (!source.origins.includes(origin)) {
    throw new Refusal('origin_not_allowed', 'This source takes no forms from this web origin.');
  }
  return {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'Request-Id, Error-Code, Retry-After',
    Vary: 'Origin',
  };
}

/** What a page may send, beside what forms can send anyway. */
export const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': 'POST',
  'Access-Control-Allow-Headers': 'Content-Type, Accept',
  'Access-Control-Max-Age': '600',
};
