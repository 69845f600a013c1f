import { objectOf, textOf } from './json.ts';

/**
 * - `passing`: the network, Meta's servers, or an answer that makes no sense; worth trying again.
 * - `limited`: too many calls; nothing may be asked until `retryAfter` has passed.
 * - `denied`: the access is expired, revoked or too narrow; someone has to mend it.
 * - `gone`: there is no such object, or it can not be seen with this access, or not yet.
 */
export type GraphFailure = 'passing' | 'limited' | 'denied' | 'gone';

/** What the Graph API refused with. Its own message is not kept: it may quote a person's data. */
export class GraphError extends Error {
  readonly kind: GraphFailure;
  readonly code: number | undefined;
  readonly subcode: number | undefined;
  /** Seconds. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: GraphFailure,
    detail: { code?: number | undefined; subcode?: number | undefined; retryAfter?: number } = {},
  ) {
    super(`The Graph API failed: ${kind}.`);
    this.name = 'GraphError';
    this.kind = kind;
    this.code = detail.code;
    this.subcode = detail.subcode;
    this.retryAfter = detail.retryAfter;
  }
}

/**
 * What an answer failed with; undefined when it did not. The code of the error counts before the
 * HTTP status: a limit comes as 400 or 403 too
 * (github.com/python-social-auth/social-core/issues/859).
 */
export function failureOf(status: number, headers: Headers, body: unknown): GraphError | undefined {
  const error = objectOf(objectOf(body)?.error);
  if (error === undefined && status >= 200 && status < 300) return undefined;
  const code = wholeOf(error?.code);
  const subcode = wholeOf(error?.error_subcode);
  const kind = kindOfCode(code, subcode) ?? kindOfStatus(status);
  const retryAfter = kind === 'limited' ? regainedAfter(headers) : undefined;
  return new GraphError(kind, { code, subcode, ...(retryAfter ? { retryAfter } : {}) });
}

const wholeOf = (value: unknown): number | undefined => {
  const text = textOf(value);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
};

/**
 * Sources: developers.facebook.com/docs/graph-api/guides/error-handling (4, 10, 17, 102, 190, 200
 * to 299) and …/docs/graph-api/overview/rate-limiting (4, 17, 32, 613; 80001 for pages and 80005
 * for leads). 100 with subcode 33, 33 alone and 803 say that an object does not exist or can not be
 * seen: github.com/facebook/facebook-nodejs-business-sdk/issues/71, criso/fbgraph/issues/141 and
 * facebookarchive/php-graph-sdk/issues/1121.
 */
function kindOfCode(
  code: number | undefined,
  subcode: number | undefined,
): GraphFailure | undefined {
  if (code === undefined) return undefined;
  if ([4, 17, 32, 613, 80001, 80005].includes(code)) return 'limited';
  if ([10, 102, 190].includes(code) || (code >= 200 && code <= 299)) return 'denied';
  if (code === 33 || code === 803 || (code === 100 && subcode === 33)) return 'gone';
  return undefined;
}

function kindOfStatus(status: number): GraphFailure {
  if (status === 429) return 'limited';
  if (status === 401 || status === 403) return 'denied';
  return status === 404 ? 'gone' : 'passing';
}

/** Limits are counted over 24 hours at most: a longer wait is a mistake. */
const MOST_MINUTES = 24 * 60;

/**
 * The seconds until calls are answered again, if the headers tell: `X-Business-Use-Case-Usage` is
 * `{"<business>": [{"type": "leadgen", "estimated_time_to_regain_access": <minutes>, …}]}`,
 * `X-App-Usage` one object, documented without that member, which is read should it be there.
 * Source: the page on rate limiting above, "Headers".
 */
function regainedAfter(headers: Headers): number | undefined {
  const minutes = ['x-business-use-case-usage', 'x-app-usage']
    .flatMap((name) => usages(headers.get(name)))
    .map((usage) => Number(objectOf(usage)?.estimated_time_to_regain_access))
    .filter((value) => value > 0);
  return minutes.length ? Math.ceil(Math.min(Math.max(...minutes), MOST_MINUTES) * 60) : undefined;
}

function usages(header: string | null): unknown[] {
  try {
    const value = objectOf(JSON.parse(header ?? ''));
    return value ? [value, ...Object.values(value).flat()] : [];
  } catch {
    return [];
  }
}
