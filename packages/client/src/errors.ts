/** What is known of a call that failed. */
export interface Failure {
  /** The HTTP status; undefined when no answer came. */
  readonly status?: number | undefined;
  /** The `Error-Code` of the answer, such as `invalid_api_key`. */
  readonly code?: string | undefined;
  /** The `Request-Id` of the answer: quote it when you write to us. */
  readonly requestId?: string | undefined;
  /** How many seconds the server asks to wait. */
  readonly retryAfter?: number | undefined;
  /** The body of an error as it came, cut to 2,000 characters. */
  readonly raw?: string | undefined;
  readonly cause?: unknown;
}

/** Any call that failed. A pull that may have taken effect has its `idempotencyKey`. */
export class RelaisError extends Error implements Failure {
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;
  readonly raw: string | undefined;
  /** How many tries it took to fail. */
  attempts = 1;
  /** Of a pull: repeat it with the same key, and it brings what the lost answer held. */
  idempotencyKey: string | undefined;

  constructor(message: string, { cause, ...failure }: Failure = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.status = failure.status;
    this.code = failure.code;
    this.requestId = failure.requestId;
    this.retryAfter = failure.retryAfter;
    this.raw = failure.raw;
  }
}

/** 400: the request is wrong; the message names the parameter. */
export class BadRequestError extends RelaisError {}
/** 401: the key is missing, unknown, expired or revoked. */
export class AuthenticationError extends RelaisError {}
/** 403: the key may not do this. */
export class PermissionDeniedError extends RelaisError {}
/** 404: none of your pulls has this id, or the address is wrong. */
export class NotFoundError extends RelaisError {}
/** 409: the pull is still running, was released, or can be released no longer. */
export class ConflictError extends RelaisError {}
/** 422: the idempotency key was used with other parameters. */
export class IdempotencyMismatchError extends RelaisError {}
/** 429: too many requests; `retryAfter` says how long to wait. */
export class RateLimitError extends RelaisError {}
/** 5xx: the server failed, or is busy. */
export class ServerError extends RelaisError {}
/** No answer came: no connection, or it was cut. */
export class ConnectionError extends RelaisError {}
/** No answer came in time. */
export class TimeoutError extends ConnectionError {}
/** Another loop or process pulls with the same store: nothing was pulled. */
export class StoreInUseError extends RelaisError {}
/** The store holds an unfinished pull of another API key: nothing was pulled. */
export class OtherKeyError extends RelaisError {}
/** An answer came that is not whole or not of this API: cut, altered, or of another server. */
export class InvalidAnswerError extends RelaisError {}
