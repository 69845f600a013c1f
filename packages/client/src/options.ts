import type { RelaisError } from './errors.ts';

/** What a client is made with. */
export interface RelaisOptions {
  /** Your API key. It is a secret: it belongs on a server, never in a page or an app. */
  readonly apiKey: string;
  /** Where the API is, with or without `/api/v1`: `https://api.marketing-lab.immo` unless told otherwise. */
  readonly baseUrl?: string | undefined;
  /** Milliseconds for one try, until its answer is whole: 30,000 unless told otherwise. */
  readonly timeout?: number | undefined;
  /** How often a call that failed for a moment is sent again: 4 times unless told otherwise. */
  readonly maxRetries?: number | undefined;
  /** The longest Retry-After, in seconds, that is waited for: 60. A longer one fails the call. */
  readonly maxRetryAfter?: number | undefined;
  /** Instead of the runtime's own. */
  readonly fetch?: typeof fetch | undefined;
  /**
   * Hears of every try: for logs and metrics. It is given no personal data. What it throws is passed
   * over: it costs nobody an answer.
   */
  readonly onAttempt?: ((attempt: Attempt) => void) | undefined;
}

/** One try of a call, as `onAttempt` hears of it. */
export interface Attempt {
  /** Such as `pullContacts`. */
  readonly operation: string;
  /** 1 for the first. */
  readonly number: number;
  /** How long it took. */
  readonly milliseconds: number;
  /** Undefined when it went well. */
  readonly error: RelaisError | undefined;
  /** Milliseconds until the next try; undefined when there is none. */
  readonly retryIn: number | undefined;
}

/** What any call may be given besides its parameters. */
export interface CallOptions {
  /**
   * Ends the call, and any wait for a retry, at once: it rejects with the signal's reason. A pull may
   * have taken effect by then: give it an `idempotencyKey` of yours, and it can be repeated.
   */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one try of this call; that of the client when left out. */
  readonly timeout?: number | undefined;
  /** How often this call is sent again; that of the client when left out. */
  readonly maxRetries?: number | undefined;
}

/** The same of a pull. */
export interface PullOptions extends CallOptions {
  /** Names the pull, so that it can be repeated; a UUID of its own unless told otherwise. */
  readonly idempotencyKey?: string | undefined;
}

/** Options with what was left out; `url` is the address of the API itself. */
export interface Settings {
  readonly apiKey: string;
  readonly url: string;
  readonly timeout: number;
  readonly maxRetries: number;
  readonly maxRetryAfter: number;
  readonly fetch: typeof fetch;
  readonly onAttempt: RelaisOptions['onAttempt'];
}

/** The longest time that a timer can count, in milliseconds: some 24 days. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** A `timeout` as it was given; a TypeError for what no timer counts, such as Infinity. */
export function timeoutOf(given: number): number {
  if (Number.isInteger(given) && given > 0 && given <= LONGEST_TIMER) return given;
  throw new TypeError(
    `timeout is a whole number of milliseconds from 1 to ${LONGEST_TIMER}, not ${given}.`,
  );
}

/** Checks what the client was given; a mistake is a TypeError that names the option. */
export function settingsOf({
  apiKey,
  baseUrl,
  timeout = 30_000,
  maxRetries = 4,
  maxRetryAfter = 60,
  // Looked up at each call, so that a test or a tracer may put another in its place.
  fetch = (...request) => globalThis.fetch(...request),
  onAttempt,
}: RelaisOptions): Settings {
  if (!apiKey) throw new TypeError('apiKey is missing: give the API key that you received.');
  if (/[^\x21-\x7e]/.test(apiKey)) {
    throw new TypeError('apiKey holds a character that no key has: was a space copied with it?');
  }
  const url = endpointOf(baseUrl ?? 'https://api.marketing-lab.immo');
  return {
    apiKey,
    url,
    timeout: timeoutOf(timeout),
    maxRetries,
    maxRetryAfter,
    fetch,
    onAttempt,
  };
}

function endpointOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`baseUrl "${baseUrl}" is no address such as https://api.example.com.`);
  }
  if (url.username || url.password) {
    throw new TypeError('baseUrl may hold no user and no password: they would not be sent.');
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith('/api/v1') ? path : `${path}/api/v1`}`;
}
