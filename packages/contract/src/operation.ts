import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { ResponseHeader } from './headers.ts';

/** One operation of a door: everything that callers and generated pages need to know of it. */
export interface Operation<
  Name extends string = string,
  Request extends z.ZodObject = z.ZodObject,
  Response extends z.ZodType = z.ZodType,
> {
  readonly name: Name;
  readonly audience: 'client';
  /** One of the five that the published page describes: unknown parameters are ignored. */
  readonly published: boolean;
  /** A heading of a few words. */
  readonly title: string;
  /** What it does, in a few sentences of Markdown. */
  readonly description: string;
  /** True when it changes something. */
  readonly changes: boolean;
  /** When a call whose answer was lost may be sent again. */
  readonly retry: 'always' | 'with the same Idempotency-Key';
  /** The parameters beside `operation`. */
  readonly request: Request;
  readonly response: Response;
  /** The errors beyond `commonErrors`. */
  readonly errors: readonly ErrorCode[];
  /** The headers beyond `commonHeaders` that its answer may carry. */
  readonly headers: readonly ResponseHeader[];
  readonly example: {
    readonly request: z.input<Request>;
    readonly response: z.input<Response>;
  };
}

/** Declares an operation; gives its name, request and response their exact types. */
export const operation = <
  const Name extends string,
  Request extends z.ZodObject,
  Response extends z.ZodType,
>(
  declared: Operation<Name, Request, Response>,
): Operation<Name, Request, Response> => declared;

/** The errors that any operation may answer with. */
export const commonErrors = [
  'invalid_json',
  'invalid_request',
  'missing_operation',
  'unknown_operation',
  'ambiguous_credentials',
  'api_key_in_url',
  'invalid_parameter',
  'missing_api_key',
  'invalid_api_key',
  'api_key_expired',
  'api_key_revoked',
  'operation_not_allowed',
  'address_not_allowed',
  'method_not_allowed',
  'request_timeout',
  'payload_too_large',
  'expectation_failed',
  'rate_limited',
  'headers_too_large',
  'internal_error',
  'unavailable',
] as const satisfies readonly ErrorCode[];
