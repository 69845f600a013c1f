import { type ErrorCode, errors } from '@relais/contract';

/**
 * What a request is refused with: a code of the contract and the sentence for its caller. The
 * sentence never holds a stack, SQL, or text of the request.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, sentence: string, retryAfter?: number) {
    super(sentence);
    this.name = 'Refusal';
    this.code = code;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return errors[this.code].status;
  }
}

/** The answer about a parameter that breaks a rule, such as `must lie in the future`. */
export const invalidParameter = (name: string, rule: string) =>
  new Refusal('invalid_parameter', `Invalid parameter "${name}": ${rule}.`);

/** The answer about a record that is not there, or no longer. */
export const noSuch = (what: string, id: number | string) =>
  new Refusal('record_not_found', `There is no ${what} ${id}.`);
