import { type ExportColumn, exportColumns } from '@relais/contract';
import type { ExportedContact } from '../store/contactExport.ts';
import { type Cell, cellOf } from './cells.ts';
import { escapeXml, excelText } from './excelText.ts';
import { writeZip } from './zip.ts';

/** What a sheet holds at the most, without the row of titles. */
export const MOST_SHEET_ROWS = 1_048_575;

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATED = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Numbers of the styles below. */
const TITLE = 1;
const TIME = 2;
const TEXT = 3;
const styles = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>`;

/** The parts beside the sheet (ECMA-376, 12.2). */
const parts = {
  '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATED}"><sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATED}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${RELATED}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': styles,
};

/**
 * Writes contacts as XLSX to a new file, MOST_SHEET_ROWS at the most. Texts are cells of type text,
 * which no spreadsheet takes for formulas or numbers; times are dates, ids numbers. Fails with
 * ZipFull when it comes to more than a zip holds.
 */
export async function writeXlsx(
  path: string,
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly ExportedContact[]>,
): Promise<void> {
  const small = Object.entries(parts).map(([name, xml]) => [name, [XML + xml]] as const);
  await writeZip(path, [...small, ['xl/worksheets/sheet1.xml', sheetOf(columns, pages)]]);
}

async function* sheetOf(
  columns: readonly ExportColumn[],
  pages: AsyncIterable<readonly ExportedContact[]>,
): AsyncGenerator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="${columns.length}" width="18" customWidth="1"/></cols><sheetData>`;
  yield rowOf(
    1,
    columns.map((column) => ({ text: exportColumns[column] })),
    TITLE,
  );
  let row = 1;
  for await (const page of pages) {
    yield page
      .map((contact) => {
        row += 1;
        return rowOf(
          row,
          columns.map((column) => cellOf(column, contact[column])),
        );
      })
      .join('');
  }
  yield '</sheetData></worksheet>';
}

const rowOf = (row: number, cells: readonly (Cell | undefined)[], style = TEXT): string =>
  `<row r="${row}">${cells.map((cell, index) => cell && cellXml(`${letters(index)}${row}`, cell, style)).join('')}</row>`;

function cellXml(at: string, cell: Cell, style: number): string {
  if ('number' in cell) return `<c r="${at}"><v>${cell.number}</v></c>`;
  const serial = 'time' in cell ? serialOf(cell.time) : undefined;
  if (serial !== undefined) return `<c r="${at}" s="${TIME}"><v>${serial}</v></c>`;
  const text = 'time' in cell ? cell.time : cell.text;
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(excelText(text))}</t></is></c>`;
}

/** The name of a column: A to Z, AA, AB, … */
function letters(index: number): string {
  const rest = Math.floor(index / 26) - 1;
  return (rest < 0 ? '' : letters(rest)) + String.fromCharCode(65 + (index % 26));
}

/** A local time as Excel counts days; undefined before March 1900, where its calendar is wrong. */
function serialOf(time: string): number | undefined {
  const days = Date.parse(`${time}Z`) / 86_400_000 + 25_569;
  return days >= 61 ? Number(days.toFixed(6)) : undefined;
}
