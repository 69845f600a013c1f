import { FileError } from '../fileError.ts';
import type { Row, RowFile } from '../rowFile.ts';
import { readTable } from '../table.ts';
import { filledDown, readMergedCells } from './mergedCells.ts';
import { readSharedStrings } from './sharedStrings.ts';
import { type CellContext, sheetRows } from './sheetRows.ts';
import { readStyles } from './styles.ts';
import { readWorkbook, type Sheet } from './workbook.ts';
import { MOST_SHEET_BYTES, openZip, type Zip } from './zip.ts';

/** Opens an XLSX file at a sheet; holds the texts that its cells share. Fails with a FileError. */
export async function openXlsx(
  path: string,
  bytes: number,
  sheetName: string | undefined,
): Promise<RowFile> {
  const { sheet, context, merged } = await inZip(path, async (zip) => {
    const workbook = await readWorkbook(zip);
    const context: CellContext = {
      from1904: workbook.from1904,
      styles: await readStyles(zip, workbook.styles),
      strings: await readSharedStrings(zip, workbook.sharedStrings),
    };
    const sheet = chosen(workbook.sheets, sheetName);
    const merged = await readMergedCells(zip.read(sheet.part, MOST_SHEET_BYTES));
    return { sheet, context, merged };
  });

  let position = 0;
  const allRows = async function* (): AsyncGenerator<Row> {
    const zip = await openZip(path);
    try {
      let read = 0;
      position = 0;
      const rows = sheetRows(zip.read(sheet.part, MOST_SHEET_BYTES), context, (count) => {
        read += count;
        position = Math.round((bytes * read) / Math.max(1, zip.size(sheet.part)));
      });
      yield* filledDown(rows, merged);
      position = bytes;
    } finally {
      zip.close();
    }
  };

  const table = await readTable(allRows);
  return { format: 'xlsx', sheet: sheet.name, ...table, bytes, position: () => position };
}

async function inZip<T>(path: string, work: (zip: Zip) => Promise<T>): Promise<T> {
  const zip = await openZip(path);
  try {
    return await work(zip);
  } finally {
    zip.close();
  }
}

function chosen(sheets: readonly Sheet[], name: string | undefined): Sheet {
  const visible = sheets.filter(({ hidden }) => !hidden);
  if (name === undefined) {
    const [sheet = sheets[0]] = visible;
    if (sheet === undefined) throw new FileError('The file has no sheet of cells.');
    return sheet;
  }
  const same = (other: string) => other.trim().toLowerCase() === name.trim().toLowerCase();
  const sheet = sheets.find((item) => same(item.name));
  if (sheet !== undefined) return sheet;
  const names = visible.map((item) => item.name).join(', ');
  throw new FileError(`The file has no sheet of that name; it has: ${names}.`);
}
