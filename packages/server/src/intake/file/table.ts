import { FileError } from './fileError.ts';
import { findHeader } from './header.ts';
import { isBlank, MOST_COLUMNS, type Row, type RowFile } from './rowFile.ts';
import { titlesOf } from './titles.ts';

/** So many rows are looked at before a file is read, to tell its separator and its header. */
const ROWS_LOOKED_AT = 50;

/** The first rows that are not blank, as many as are looked at. */
export async function* firstRows(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  let left = ROWS_LOOKED_AT;
  for await (const row of rows) {
    if (isBlank(row)) continue;
    yield row;
    left -= 1;
    if (left === 0) return;
  }
}

/**
 * Tells the header of a file from its leads. `open` begins its rows anew. Fails with a FileError
 * when all of them are blank.
 */
export async function readTable(
  open: () => AsyncIterable<Row>,
): Promise<Pick<RowFile, 'hasHeader' | 'titles' | 'rows'>> {
  const first: Row[] = [];
  for await (const row of firstRows(open())) first.push(withoutEnd(row));
  if (first.length === 0) throw new FileError('The file holds no row.');
  const header = findHeader(first);
  return {
    hasHeader: header !== undefined,
    titles: titlesOf(header?.cells ?? [], Math.max(...first.map(({ cells }) => cells.length))),
    async *rows(from = 0) {
      const start = Math.max(from, (header?.line ?? 0) + 1);
      for await (const row of open()) {
        if (row.line < start || isBlank(row)) continue;
        yield withoutEnd(row);
      }
    },
  };
}

/** The row without the blank cells at its end. */
function withoutEnd({ line, cells }: Row): Row {
  const filled = cells.findLastIndex((cell) => cell.trim() !== '') + 1;
  if (filled > MOST_COLUMNS) {
    throw new FileError(`this row has more than ${MOST_COLUMNS} columns.`, line);
  }
  return { line, cells: cells.slice(0, filled) };
}
