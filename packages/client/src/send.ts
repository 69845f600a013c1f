import { attempt, type Received } from './attempt.ts';
import { RelaisError } from './errors.ts';
import { isReason } from './failures.ts';
import { type Attempt, type CallOptions, type Settings, timeoutOf } from './options.ts';
import { assertKnown } from './parameterNames.ts';
import { isTemporary, retryDelay, wait } from './retry.ts';
import { VERSION } from './version.ts';

/** What is sent: an operation, its parameters and, of a pull, its idempotency key. */
export interface Called {
  readonly operation: string;
  readonly parameters: object;
  readonly idempotencyKey?: string;
}

/**
 * Calls an operation, and again while it fails for a moment. `read` makes the result of an answer;
 * an answer that it does not accept counts as a failed try.
 */
export async function send<Result>(
  settings: Settings,
  { operation, parameters, idempotencyKey }: Called,
  { signal, maxRetries = settings.maxRetries, ...options }: CallOptions,
  read: (received: Received) => Result,
): Promise<Result> {
  const timeout = timeoutOf(options.timeout ?? settings.timeout);
  assertKnown(operation, parameters);
  signal?.throwIfAborted();
  const request = {
    url: settings.url,
    headers: {
      'x-api-key': settings.apiKey,
      'content-type': 'application/json',
      accept: 'application/json',
      'user-agent': `relais-client/${VERSION}`,
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    },
    // The key here, too: what stands between may pass on no header that it was not told of, and a
    // pull sent again without its key takes other contacts.
    body: JSON.stringify({ operation, ...parameters, idempotencyKey }),
  };
  for (let number = 1; ; number += 1) {
    const began = performance.now();
    const told = (error?: RelaisError, retryIn?: number) =>
      tell(settings, {
        operation,
        number,
        milliseconds: Math.round(performance.now() - began),
        error,
        retryIn,
      });
    try {
      const result = read(await attempt(request, { fetch: settings.fetch, timeout, signal }));
      told();
      return result;
    } catch (error) {
      if (!(error instanceof RelaisError) || isReason(error, signal)) throw error;
      error.attempts = number;
      const patient = (error.retryAfter ?? 0) <= settings.maxRetryAfter;
      const delay =
        number <= maxRetries && patient && isTemporary(error)
          ? retryDelay(number, error.retryAfter, Math.random())
          : undefined;
      told(error, delay);
      if (delay === undefined) throw error;
      await wait(delay, signal);
    }
  }
}

/** The listener is not ours: its fault must not take the answer of a pull away. */
function tell({ onAttempt }: Settings, each: Attempt): void {
  try {
    onAttempt?.(each);
  } catch {
    // Said where the option is described.
  }
}
