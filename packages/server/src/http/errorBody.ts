import { errors } from '@relais/contract';
import type { Refusal } from '../refusal.ts';

export interface ErrorBody {
  readonly contentType: string;
  readonly body: string;
}

/** The media type, unless it is said to be unwanted (RFC 9110, section 12.4.2). */
const PROBLEM = /application\/problem\+json(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i;

/**
 * The body of an error: the two fields of the published contract, or problem details (RFC 9457)
 * when the request's Accept header asks for them.
 */
export function errorBody(refusal: Refusal, accept?: string): ErrorBody {
  if (accept && PROBLEM.test(accept)) {
    return {
      contentType: 'application/problem+json; charset=utf-8',
      body: JSON.stringify({
        type: 'about:blank',
        title: errors[refusal.code].meaning,
        status: refusal.status,
        detail: refusal.message,
        code: refusal.code,
      }),
    };
  }
  return {
    contentType: 'application/json; charset=utf-8',
    body: JSON.stringify({ valid: false, error: refusal.message }),
  };
}

/** The headers that go with an error, beside those of every answer. */
export const errorHeaders = (refusal: Refusal): Record<string, string> => ({
  'Error-Code': refusal.code,
  ...(refusal.retryAfter === undefined ? {} : { 'Retry-After': String(refusal.retryAfter) }),
  ...(refusal.code === 'method_not_allowed' ? { Allow: 'POST' } : {}),
});
