import {
  type ErrorCode,
  errors,
  type Operation,
  type ResponseHeader,
  responseHeaders,
  type Scenario,
  scenarios,
} from '@relais/contract';
import type { SchemaRow } from '../schemaRows.ts';

/** What the contract says of itself, in one language. */
export interface ContractWords {
  operation(operation: Operation): { readonly title: string; readonly description: string };
  parameter(operation: Operation, row: SchemaRow): string;
  /** A field of an operation's answer. */
  field(operation: Operation, row: SchemaRow): string;
  error(code: ErrorCode): { readonly meaning: string; readonly remedy: string };
  header(name: ResponseHeader): string;
  scenario(name: Scenario): string;
}

/** English is what the contract is written in. */
export const english: ContractWords = {
  operation: ({ title, description }) => ({ title, description }),
  parameter: (_operation, { meaning }) => meaning,
  field: (_operation, { meaning }) => meaning,
  error: (code) => errors[code],
  header: (name) => responseHeaders[name],
  scenario: (name) => scenarios[name],
};
