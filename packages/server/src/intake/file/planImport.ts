import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Source } from '../../store/sources.ts';
import { FileError } from './fileError.ts';
import {
  type Column,
  type ColumnChoice,
  type ColumnMapping,
  columnsOf,
  suggestMapping,
  usesOf,
} from './mapping.ts';
import { openRows } from './openRows.ts';
import type { RowFile, RowFileOptions } from './rowFile.ts';

/** A file that can be imported: it was read to its end once, and every column has a meaning. */
export interface ImportPlan {
  readonly path: string;
  readonly name: string;
  /** SHA-256 of the file and the name of its sheet: each sheet is imported by itself. */
  readonly hash: Buffer;
  readonly file: RowFile;
  readonly mapping: ColumnMapping;
  /** What of it the user has said: it is remembered for the source. */
  readonly chosen: ColumnMapping;
  readonly columns: readonly Column[];
  /** How many rows there are. */
  readonly rows: number;
}

/** What the user says of a file instead of leaving it to be found out. */
export interface PlanOptions extends RowFileOptions {
  readonly choices?: readonly ColumnChoice[];
}

/**
 * Reads a file of leads to its end, so that nothing of it is stored when a row far down can't be
 * read, and finds out what its columns mean. Fails with a FileError.
 */
export async function planImport(
  path: string,
  source: Pick<Source, 'columns'>,
  options: PlanOptions = {},
): Promise<ImportPlan> {
  const plan = await lookAtFile(path, source, options);
  if (!tellsContact(plan)) {
    throw new FileError(
      `No column is a telephone or an e-mail address: map one with --map "<title>=telephone". There is: ${plan.file.titles.join(', ')}.`,
    );
  }
  return plan;
}

/** The same for a file that can not be imported before the user says more: see tellsContact. */
export async function lookAtFile(
  path: string,
  source: Pick<Source, 'columns'>,
  options: PlanOptions = {},
): Promise<ImportPlan> {
  const file = await openRows(path, options);
  let rows = 0;
  for await (const _ of file.rows()) rows += 1;
  if (rows === 0) throw new FileError('The file has no row of data.');
  const { titles } = file;
  const { choices = [] } = options;
  const mapping = suggestMapping(titles, source.columns, choices);
  const chosen = usesOf(choices);
  const columns = columnsOf(mapping, titles);
  const hash = await hashOf(path, file.sheet);
  return { path, name: basename(path), hash, file, mapping, chosen, columns, rows };
}

/** Whether a column is a telephone or an e-mail address: without one, no row can be let in. */
export const tellsContact = ({ columns }: ImportPlan): boolean =>
  columns.some(({ use }) => use === 'telephone' || use === 'email');

async function hashOf(path: string, sheet = ''): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.update(sheet).digest();
}
