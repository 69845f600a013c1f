import type { OperatorOperationName, OperatorOperations } from '@relais/contract';
import { ApiError } from './apiError.ts';
import { chosenDatabase } from './chosenDatabase.ts';

type Input<Schema> = Schema extends { _zod: { input: infer In } } ? In : never;
type Output<Schema> = Schema extends { _zod: { output: infer Out } } ? Out : never;

/** A list that is given is only read. */
type Given<Value> = Value extends (infer Item)[]
  ? readonly Item[]
  : Value extends object
    ? Readable<Value>
    : Value;
type Readable<Members> = { readonly [Name in keyof Members]: Given<Members[Name]> };

/** The parameters of an operation, as a caller gives them. */
export type Parameters<Name extends OperatorOperationName> = Readable<
  Input<OperatorOperations[Name]['request']>
>;
/** The answer of an operation. */
export type Answer<Name extends OperatorOperationName> = Output<
  OperatorOperations[Name]['response']
>;

/** After how long there is no answer any more: the server hangs up after a minute of silence. */
const PATIENCE = 65_000;

/**
 * Calls an operation of the console, on the chosen CRM database. Throws an ApiError when it is
 * refused, or when there is no answer.
 */
export async function call<Name extends OperatorOperationName>(
  operation: Name,
  parameters: Parameters<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const body = JSON.stringify({ ...parameters, operation, database: chosenDatabase });
  const answer = await fetch('/operator/v1', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
    signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), ...(signal ? [signal] : [])]),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    throw new ApiError({ status: 0, code: 'no_answer' });
  });
  const requestId = answer.headers.get('Request-Id') ?? undefined;
  const read: unknown = await answer.json().catch(() => undefined);
  if (answer.ok && read !== undefined) return read as Answer<Name>;
  throw new ApiError({
    status: answer.status,
    code: answer.headers.get('Error-Code') ?? 'no_answer',
    message: sentenceOf(read),
    requestId,
    retryAfter: Number(answer.headers.get('Retry-After')) || undefined,
  });
}

const sentenceOf = (body: unknown): string | undefined =>
  typeof body === 'object' && body !== null && 'error' in body && typeof body.error === 'string'
    ? body.error
    : undefined;
