import { channel } from 'node:diagnostics_channel';

/** A SQL statement that has ended: its text, with `$1` in place of values. Times in milliseconds. */
export interface EndedStatement {
  readonly text: string;
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Tells of the statements of every pool that is opened while somebody listens. */
export const endedStatements = channel('relais:statement');

/** What a statement does to which table: never a value, and not the text. */
export function statementName(statement: string): { verb: string; table: string | undefined } {
  const text = statement.replace(/\/\*.*?\*\//gs, '').trimStart();
  const verb = /^[a-z]+/i.exec(text)?.[0].toLowerCase() ?? 'statement';
  const table = /\b(?:from|into|update|join)\s+"?([a-z_]+)/i.exec(text)?.[1];
  return { verb, table };
}
