import {
  type ClientOperationName,
  clientOperations,
  type Operation,
  type OperatorOperation,
} from '@relais/contract';
import { clientHandlers } from '../operations/client/index.ts';
import type { Answer, Call, Handler } from '../operations/operation.ts';
import { invalidParameter, Refusal } from '../refusal.ts';
import { nearest } from '../text/nearest.ts';

/** An operation of the contract with its code. */
export interface Bound {
  readonly operation: Operation;
  readonly run: Handler<ClientOperationName>;
}

// A Map, not an object: `constructor` and `__proto__` are names of no operation.
const bound = new Map<string, Bound>(
  Object.values(clientOperations).map((operation) => [
    operation.name,
    { operation, run: clientHandlers[operation.name] as Handler<ClientOperationName> },
  ]),
);

/** The operation that a body names. */
export function findOperation(body: Record<string, unknown>): Bound {
  const name = Object.hasOwn(body, 'operation') ? body.operation : undefined;
  if (name === undefined) {
    throw new Refusal('missing_operation', 'The body has no "operation".');
  }
  const found = typeof name === 'string' ? bound.get(name) : undefined;
  if (found) return found;
  const near = nearest(typeof name === 'string' ? name : '', bound.keys());
  throw new Refusal('unknown_operation', `Unknown operation. Did you mean "${near}"?`);
}

/** Members of a body that are no parameters. */
const ENVELOPE: Readonly<Record<Operation['audience'] | OperatorOperation['audience'], string[]>> =
  {
    client: ['operation', 'apiKey', 'api_key', 'x-api-key', 'scenario'],
    operator: ['operation', 'database'],
  };

/**
 * The parameters of an operation, checked against its schema; the first fault is told with its
 * field. Members that the schema does not know are passed over by the published operations.
 */
export function readParameters(
  operation: Operation | OperatorOperation,
  body: Record<string, unknown>,
): Record<string, unknown> {
  const given = Object.entries(body).filter(
    ([name]) => !ENVELOPE[operation.audience].includes(name),
  );
  // fromEntries defines `__proto__` as a plain member.
  const read = operation.request.safeParse(Object.fromEntries(given));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = issue?.path ?? [];
  if (issue?.code !== 'unrecognized_keys') {
    throw invalidParameter(
      nameOf(path),
      isMissing(body, path) ? 'is missing' : `${issue?.message}`,
    );
  }
  const [unknown = ''] = issue.keys;
  throw path.length === 0
    ? new Refusal('invalid_parameter', noSuchParameter(operation, unknown))
    : invalidParameter(nameOf([...path, unknown]), 'is not known');
}

function noSuchParameter({ name, request }: Operation | OperatorOperation, given: string): string {
  const known = Object.keys(request.shape).map((each) => `"${each}"`);
  const use = known.length > 0 ? `use ${known.join(', ')}` : 'it has none';
  return `"${name}" has no such parameter ("${given.slice(0, 40)}"): ${use}.`;
}

/** A place in a body: `programmes[0].text`. An item of a list of values is told as the list. */
function nameOf(path: readonly PropertyKey[]): string {
  const named = path.slice(0, path.findLastIndex((part) => typeof part !== 'number') + 1);
  const [parameter, ...parts] = named.map((part) =>
    typeof part === 'number' ? `[${part}]` : `.${String(part).slice(0, 40)}`,
  );
  return `${parameter?.slice(1)}${parts.join('')}`;
}

/** Whether the object at a place of a body lacks its last member. */
function isMissing(body: object, path: readonly PropertyKey[]): boolean {
  const last = path.at(-1);
  let holder: unknown = body;
  for (const part of path.slice(0, -1)) holder = Reflect.get(Object(holder), part);
  return typeof last === 'string' && !Object.hasOwn(Object(holder), last);
}

export const run = (
  found: Bound,
  call: Call,
  parameters: Record<string, unknown>,
): Promise<Answer> => found.run(call, parameters as never);
