/** The version of the Client API. */
export const API_VERSION = '1.0';

/** The response headers of the API and what they say. */
export const responseHeaders = {
  'Request-Id': 'The id of this request: quote it when you write to us.',
  'Error-Code': 'On an error: its code, for programs.',
  'RateLimit-Policy':
    'The limit that applies, such as `"key";q=600;w=60`: 600 requests in 60 seconds (draft-ietf-httpapi-ratelimit-headers).',
  RateLimit:
    'What is left of it, such as `"key";r=599;t=60`: 599 requests for the next 60 seconds.',
  'Retry-After':
    'On 429, 503, and a 409 `idempotency_in_progress`: seconds to wait before the next try.',
  Allow: 'On 405: the method to use, `POST`.',
  'Cache-Control': 'Always `no-store`.',
  'Content-Digest':
    'SHA-256 of the body, such as `sha-256=:…:` (RFC 9530): shows whether it arrived as it was sent.',
  Environment: 'On an answer to a test key: `test`.',
  'Result-Truncated': '`true` when there is more than this answer holds.',
  'Next-Cursor': 'With Result-Truncated: the `cursor` that asks for what follows.',
  'Pull-Id':
    'The id of the pull, for getPullBatch and releasePull; absent when nothing was pulled without an Idempotency-Key.',
  'Pull-Seq':
    'The number of the pull among all pulls of the client: 1, 2, 3 …, in the order in which they took effect.',
  'Pull-Count': 'How many contacts the answer holds.',
  'Pull-Remaining': 'How many contacts are still ready for this request, counted up to 1000.',
  'Pull-Withheld':
    'On a repeat: how many contacts of the pull are left out, because the scope of the key was narrowed or a person was erased since.',
  'Pull-Delivery':
    '`uncertain` when no earlier answer with this pull is known to have been written whole; otherwise `written`.',
  'Pulls-Uncertain':
    'The ids of your recent pulls whose answer is not known to have been written whole, newest first, at most 20. A hint alone: an answer that was written may be lost on the way, so a pull that is absent proves nothing, and one that has just arrived may still be named. To be certain, repeat a pull under its Idempotency-Key.',
  'Idempotency-Replayed': '`true` when the answer repeats what this Idempotency-Key did before.',
} as const;

export type ResponseHeader = keyof typeof responseHeaders;

/** The headers that any answer may carry. */
export const commonHeaders = [
  'Request-Id',
  'Error-Code',
  'RateLimit-Policy',
  'RateLimit',
  'Retry-After',
  'Allow',
  'Cache-Control',
  'Content-Digest',
  'Environment',
] as const satisfies readonly ResponseHeader[];
