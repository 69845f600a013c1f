import { ConnectionError, InvalidAnswerError, type RelaisError } from './errors.ts';

/** Milliseconds: the longest wait before the first retry, and before any. */
const FIRST = 500;
const LONGEST = 8_000;

/**
 * Whether the same call may succeed when it is sent again. A pull is only ever sent again under the
 * same idempotency key, so that it takes effect once.
 */
export const isTemporary = (error: RelaisError): boolean =>
  error instanceof ConnectionError ||
  error instanceof InvalidAnswerError ||
  error.status === 408 ||
  error.status === 429 ||
  error.code === 'idempotency_in_progress' ||
  (error.status !== undefined && error.status >= 500);

/**
 * Milliseconds before the next try, after `failed` that failed: any time up to a bound that doubles
 * ("full jitter"), so that clients which failed together do not come back together. What the server
 * asks for in Retry-After comes first, and the jitter on top.
 */
export function retryDelay(failed: number, retryAfter: number | undefined, random: number): number {
  const jitter = random * Math.min(LONGEST, FIRST * 2 ** (failed - 1));
  return retryAfter === undefined ? jitter : retryAfter * 1000 + Math.min(jitter, 1000);
}

/** Seconds of a Retry-After header: a number, or a date (RFC 9110, 10.2.3). */
export function readRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header)) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Waits; ends at once with the signal's reason when it is aborted. */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
