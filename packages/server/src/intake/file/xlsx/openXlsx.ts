import { FileError } from '../fileError.ts';
import { isBlank, type Row, type RowFile } from '../rowFile.ts';
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
  const { sheet, otherSheets, context, merged } = await inZip(path, async (zip) => {
    const workbook = await readWorkbook(zip);
    const context: CellContext = {
      from1904: workbook.from1904,
      styles: await readStyles(zip, workbook.styles),
      strings: await readSharedStrings(zip, workbook.sharedStrings),
    };
    const sheet = chosen(workbook.sheets, sheetName);
    const merged = await readMergedCells(zip.read(sheet.part, MOST_SHEET_BYTES));
    const others = workbook.sheets.filter((own) => own !== sheet && !own.hidden);
    const otherSheets: string[] = [];
    for (const own of others.slice(0, MOST_OTHERS)) {
      if (await isFilled(zip, own, context)) otherSheets.push(own.name);
    }
    return { sheet, otherSheets, context, merged };
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
  const found = { sheet: sheet.name, otherSheets };
  return { format: 'xlsx', ...found, ...table, bytes, position: () => position };
}

/** So many other sheets are looked at, and rows of each. */
const MOST_OTHERS = 50;
const ROWS_LOOKED_AT = 100;

/** Whether a sheet holds something in its first rows; one that can not be read may. */
async function isFilled(zip: Zip, { part }: Sheet, context: CellContext): Promise<boolean> {
  let rows = 0;
  try {
    for await (const row of sheetRows(zip.read(part, MOST_SHEET_BYTES), context, () => {})) {
      if (!isBlank(row)) return true;
      rows += 1;
      if (rows === ROWS_LOOKED_AT) return false;
    }
    return false;
  } catch (error) {
    if (error instanceof FileError) return true;
    throw error;
  }
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
