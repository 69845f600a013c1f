import {
  clientOperations,
  commonErrors,
  commonHeaders,
  type ErrorCode,
  errors,
  type Operation,
  type ResponseHeader,
  responseHeaders,
} from '@relais/contract';

/** What the page documents: the operations of the Client API, in the order of the contract. */
export const operations: readonly Operation[] = Object.values(clientOperations);

/** The operation that lists the fields of a contact; the others refer to it. */
export const CONTACT_HOME = clientOperations.readContacts.name;

const answered = new Set<ErrorCode>([
  ...commonErrors,
  'not_found',
  ...operations.flatMap((operation) => operation.errors),
]);

/** The errors that it answers with; those of the other doors concern nobody here. */
export const clientErrors: readonly ErrorCode[] = (Object.keys(errors) as ErrorCode[]).filter(
  (code) => answered.has(code),
);

const sent = new Set<ResponseHeader>([
  ...commonHeaders,
  ...operations.flatMap(({ headers }) => headers),
]);

/** The headers that its answers carry. */
export const clientHeaders: readonly ResponseHeader[] = (
  Object.keys(responseHeaders) as ResponseHeader[]
).filter((name) => sent.has(name));
