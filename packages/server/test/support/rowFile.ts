import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { openRows } from '../../src/intake/file/openRows.ts';
import type { Row, RowFile, RowFileOptions } from '../../src/intake/file/rowFile.ts';
import { temporaryFolder } from './command.ts';

/** Opens a file of leads with this content. */
export async function rowFileOf(
  t: TestContext,
  content: string | Buffer,
  options?: RowFileOptions,
): Promise<RowFile> {
  const path = join(await temporaryFolder(t), 'leads');
  await writeFile(path, content);
  return openRows(path, options);
}

export async function rowsOf(file: RowFile, from?: number): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of file.rows(from)) rows.push(row);
  return rows;
}

export const cellsOf = async (file: RowFile): Promise<(readonly string[])[]> =>
  (await rowsOf(file)).map(({ cells }) => cells);
