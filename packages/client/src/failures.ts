import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type Failure,
  IdempotencyMismatchError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  RelaisError,
  ServerError,
} from './errors.ts';

const byStatus: Readonly<Record<number, typeof RelaisError>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: IdempotencyMismatchError,
  429: RateLimitError,
};

/** The error of an answer that is none of success. */
export function errorOf(message: string, failure: Failure & { status: number }): RelaisError {
  const Class = byStatus[failure.status] ?? (failure.status >= 500 ? ServerError : RelaisError);
  return new Class(message, failure);
}

/** Whether a pull was put back: its contacts come with another one. */
export const isReleased = (error: unknown): boolean =>
  error instanceof ConflictError && error.code === 'pull_released';

/**
 * Whether a failure is what a signal was aborted with. That may be any error, also a RelaisError of
 * another call: it says nothing of the call that it has ended.
 */
export const isReason = (error: unknown, signal: AbortSignal | undefined): boolean =>
  signal?.aborted === true && error === signal.reason;

/** Why no answer came: `fetch failed` says nothing, its cause does. */
export function networkReason(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** What is said of the parameters of a pull only where nothing was pulled under its key. */
const ofParameters: ReadonlySet<string | undefined> = new Set([
  'invalid_parameter',
  'region_not_allowed',
  'programme_not_allowed',
  'not_a_sandbox',
]);

/** Whether a pull has taken nothing, however often it was sent: what it asks for is refused. */
export const tookNothingEver = (error: unknown): boolean =>
  error instanceof RelaisError && ofParameters.has(error.code);

/**
 * Whether a pull that was new is known to have taken nothing: the API refused its first try. After
 * more tries an earlier one may have taken effect, its answer lost; and a refusal without a code is
 * none of the API: a firewall that found personal data in the answer puts one in its place.
 */
export const tookNothing = (error: unknown): boolean =>
  tookNothingEver(error) ||
  (error instanceof RelaisError &&
    error.attempts === 1 &&
    error.code !== undefined &&
    error.status !== undefined &&
    error.status >= 400 &&
    error.status < 500 &&
    error.status !== 408 &&
    error.status !== 409);
