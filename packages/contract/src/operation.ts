import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { ResponseHeader } from './headers.ts';

/** What every operation has, whatever its door. */
interface BaseOperation<
  Name extends string,
  Request extends z.ZodObject,
  Response extends z.ZodType,
> {
  readonly name: Name;
  /** A heading of a few words. */
  readonly title: string;
  /** What it does, in a few sentences of Markdown. */
  readonly description: string;
  /** True when it changes something. */
  readonly changes: boolean;
  /** The parameters beside `operation`. */
  readonly request: Request;
  readonly response: Response;
  /** The errors beyond those that any operation of its door may answer with. */
  readonly errors: readonly ErrorCode[];
  readonly example: {
    readonly request: z.input<Request>;
    readonly response: z.input<Response>;
  };
}

/**
 * One operation of the Client API, `POST /api/v1`: everything that callers and generated pages need
 * to know of it.
 */
export interface Operation<
  Name extends string = string,
  Request extends z.ZodObject = z.ZodObject,
  Response extends z.ZodType = z.ZodType,
> extends BaseOperation<Name, Request, Response> {
  readonly audience: 'client';
  /** One of the five that the published page describes: unknown parameters are ignored. */
  readonly published: boolean;
  /** When a call whose answer was lost may be sent again. */
  readonly retry: 'always' | 'with the same Idempotency-Key';
  /** The headers beyond `commonHeaders` that its answer may carry. */
  readonly headers: readonly ResponseHeader[];
}

/** Declares an operation; gives its name, request and response their exact types. */
export const operation = <
  const Name extends string,
  Request extends z.ZodObject,
  Response extends z.ZodType,
>(
  declared: Operation<Name, Request, Response>,
): Operation<Name, Request, Response> => declared;

/**
 * What a person of the agency may do: admin everything, operateur the daily work, lecture reading
 * alone, dpo (data protection) reading with the audit, and erasing persons.
 */
export const roles = ['admin', 'operateur', 'lecture', 'dpo'] as const;
export type Role = (typeof roles)[number];

/** Who may call an operation of the console: some roles, or, before sign-in, anyone. */
export type Access = readonly Role[] | 'anyone';

/** One operation of the console, `POST /operator/v1`. Its parameters are strict. */
export interface OperatorOperation<
  Name extends string = string,
  Request extends z.ZodObject = z.ZodObject,
  Response extends z.ZodType = z.ZodType,
  Allowed extends Access = Access,
  Database extends boolean = boolean,
> extends BaseOperation<Name, Request, Response> {
  readonly audience: 'operator';
  readonly access: Allowed;
  /** True when it works on one CRM database, named by the member `database` of the body. */
  readonly database: Database;
  /**
   * True when it is open to who has yet to turn a second factor on, where the installation requires
   * one: what it takes to do so.
   */
  readonly beforeTwoFactor?: boolean;
}

/** Declares an operation of the console. */
export const operatorOperation = <
  const Name extends string,
  Request extends z.ZodObject,
  Response extends z.ZodType,
  const Allowed extends Access,
  const Database extends boolean,
>(
  declared: Omit<OperatorOperation<Name, Request, Response, Allowed, Database>, 'audience'>,
): OperatorOperation<Name, Request, Response, Allowed, Database> => ({
  ...declared,
  audience: 'operator',
});

/** Everyone who is signed in. */
export const everyone = [...roles] as const;
/** Those who do the daily work. */
export const operators = ['admin', 'operateur'] as const satisfies Access;
export const admins = ['admin'] as const satisfies Access;

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
  'not_a_sandbox',
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
