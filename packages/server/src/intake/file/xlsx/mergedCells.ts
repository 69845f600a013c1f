import { FileError } from '../fileError.ts';
import { isBlank, type Row } from '../rowFile.ts';
import { columnOf, rowOf } from './reference.ts';
import { readXml } from './xml.ts';

/** A cell that is merged with those below it: its column, its own row and the last one, from 1. */
export interface MergedCell {
  readonly column: number;
  readonly from: number;
  readonly to: number;
}

const MOST_MERGED = 100_000;

/**
 * The merged cells of a sheet that reach over several rows, from the top down (ECMA-376, 18.3.1.55).
 * They stand behind its rows, so that all of it is run through. Fails with a FileError.
 */
export async function readMergedCells(source: AsyncIterable<Buffer>): Promise<MergedCell[]> {
  const merged: MergedCell[] = [];
  await readXml(source, {
    open(name, { ref = '' }) {
      if (name !== 'mergeCell') return;
      const [first = '', last = ''] = ref.split(':');
      const cell = { column: columnOf(first), from: rowOf(first), to: rowOf(last) };
      if (!(cell.column >= 1 && cell.to > cell.from)) return;
      if (merged.length === MOST_MERGED) {
        throw new FileError('The sheet has more than 100,000 merged cells; save it as CSV.');
      }
      merged.push(cell);
    },
  });
  return merged.sort((left, right) => left.from - right.from);
}

/**
 * Rows in which a merged cell says what it holds on each of its rows, as the sheet shows it, and not
 * on the first one alone. A row that holds nothing else stays blank.
 */
export async function* filledDown(
  rows: AsyncIterable<Row>,
  merged: readonly MergedCell[],
): AsyncGenerator<Row> {
  let next = 0;
  let open: { readonly cell: MergedCell; readonly text: string }[] = [];
  for await (const row of rows) {
    open = open.filter(({ cell }) => cell.to >= row.line);
    yield open.length === 0 || isBlank(row) ? row : { ...row, cells: filled(row.cells, open) };
    for (let cell = merged[next]; cell && cell.from <= row.line; cell = merged[next]) {
      const text = row.cells[cell.column - 1] ?? '';
      if (cell.from === row.line && text !== '') open.push({ cell, text });
      next += 1;
    }
  }
}

function filled(
  own: readonly string[],
  open: readonly { readonly cell: MergedCell; readonly text: string }[],
): string[] {
  const cells = [...own];
  for (const { cell, text } of open) {
    while (cells.length < cell.column) cells.push('');
    cells[cell.column - 1] ||= text;
  }
  return cells;
}
