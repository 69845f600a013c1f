import type { Operation } from '@relais/contract';
import type { ContractWords } from './contract.ts';
import { errors } from './errors.fr.ts';
import { headers } from './headers.fr.ts';
import { operations } from './operations.fr.ts';
import { scenarios } from './scenarios.fr.ts';

type Texts<Value> = Readonly<Record<string, Value | undefined>>;

/** What a table has for a name; a text that was forgotten is missed whenever the page is made. */
function found<Value>(texts: Texts<Value>, name: string): Value {
  const value = texts[name];
  if (value === undefined) throw new Error(`there is no French for "${name}"`);
  return value;
}

interface OperationWords {
  readonly title: string;
  readonly description: string;
  readonly parameters: Texts<string>;
  readonly fields: Texts<string>;
}

const wordsOf = ({ name }: Operation): OperationWords => found<OperationWords>(operations, name);

export const french: ContractWords = {
  operation: wordsOf,
  parameter: (operation, { name }) => found(wordsOf(operation).parameters, name),
  field: (operation, { name }) => found(wordsOf(operation).fields, name),
  error: (code) => found(errors, code),
  header: (name) => found(headers, name),
  scenario: (name) => scenarios[name],
};
