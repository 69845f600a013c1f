import type { ErrorCode } from '@relais/contract';

/**
 * A code of the contract, or `no_answer`: the server could not be reached or answered no JSON; or
 * `maybe_done`: the same for a change that may have reached it.
 */
export type ApiErrorCode = ErrorCode | 'no_answer' | 'maybe_done';

interface Told {
  readonly status: number;
  readonly code: string;
  readonly message?: string | undefined;
  readonly requestId?: string | undefined;
  /** Seconds after which the same call may succeed. */
  readonly retryAfter?: number | undefined;
}

/** Why an operation was not done. `message` is the server's English sentence; it may be empty. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly retryAfter: number | undefined;

  constructor({ status, code, message = '', requestId, retryAfter }: Told) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }

  is(code: ApiErrorCode): boolean {
    return this.code === code;
  }

  /** The parameter that was refused, and the rule it broke. */
  get parameter(): { name: string; rule: string } | undefined {
    const [, name, rule] = /^Invalid parameter "([^"]+)": (.+?)\.?$/s.exec(this.message) ?? [];
    return name !== undefined && rule !== undefined ? { name, rule } : undefined;
  }
}
