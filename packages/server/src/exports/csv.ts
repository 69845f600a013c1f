import { type ExportColumn, exportColumns } from '@relais/contract';
import type { ExportedContact } from '../store/contactExport.ts';
import { frenchCsv } from '../text/frenchCsv.ts';
import { type Cell, cellOf } from './cells.ts';

/** Contacts as CSV, some at a time, the titles first; times as `23/11/2026 09:00`. */
export async function* csvOf(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly ExportedContact[]>,
): AsyncGenerator<string> {
  yield frenchCsv([columns.map((column) => exportColumns[column])], { bom: true });
  for await (const page of pages) {
    yield frenchCsv(
      page.map((contact) => columns.map((column) => textOf(cellOf(column, contact[column])))),
    );
  }
}

function textOf(cell: Cell | undefined): string {
  if (cell === undefined) return '';
  if ('text' in cell) return cell.text;
  if ('number' in cell) return String(cell.number);
  const [, year, month, day, time] = /^(\d+)-(\d\d)-(\d\d)T(\d\d:\d\d)/.exec(cell.time) ?? [];
  return year === undefined ? cell.time : `${day}/${month}/${year} ${time}`;
}
