import { FileError } from '../fileError.ts';
import { MOST_ROW_CHARACTERS, type Row } from '../rowFile.ts';
import { numberText } from './numbers.ts';
import { columnOf, rowNumber } from './reference.ts';
import { RichText, unescaped } from './richText.ts';
import { type NumberFormat, PLAIN } from './styles.ts';
import type { TextTable } from './textTable.ts';
import { type Attributes, parseXml, type XmlHandler } from './xml.ts';

/** What cells refer to. */
export interface CellContext {
  readonly strings: TextTable;
  readonly styles: readonly NumberFormat[];
  readonly from1904: boolean;
}

/** Excel's last column is XFD. */
const LAST_COLUMN = 16_384;
/** Excel's last row. */
const LAST_ROW = 1_048_576;

/**
 * The rows of a sheet (ECMA-376, 18.3.1), as they come: a formula gives its last value, an error
 * gives '', true and false give `true` and `false`. `onBytes` is told what was read. Fails with a
 * FileError.
 */
export async function* sheetRows(
  source: AsyncIterable<Buffer>,
  context: CellContext,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Row> {
  const reader = new SheetReader(context);
  for await (const bytes of parseXml(source, reader)) {
    onBytes(bytes);
    yield* reader.take();
    if (reader.ended) return;
  }
}

class SheetReader implements XmlHandler {
  /** Whether all rows were seen. */
  ended = false;
  readonly #context: CellContext;
  readonly #inline = new RichText();
  #rows: Row[] = [];
  #line = 0;
  #cells: string[] = [];
  #characters = 0;
  #column = 0;
  #cell: Attributes = {};
  #inValue = false;
  #inInline = false;
  #value = '';

  constructor(context: CellContext) {
    this.#context = context;
  }

  take(): Row[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (this.#inInline) this.#inline.open(name);
    else if (name === 'c') this.#openCell(attributes);
    else if (name === 'v') this.#inValue = true;
    else if (name === 'is') this.#inInline = true;
    else if (name === 'row') this.#openRow(attributes.r);
  }

  text(text: string): void {
    if (this.#inValue) this.#value += text;
    else if (this.#inInline) this.#inline.add(text);
  }

  close(name: string): void {
    if (name === 'v') this.#inValue = false;
    else if (name === 'is') this.#inInline = false;
    else if (name === 'c') this.#closeCell();
    else if (name === 'row') this.#rows.push({ line: this.#line, cells: this.#cells });
    else if (name === 'sheetData') this.ended = true;
    else if (this.#inInline) this.#inline.close(name);
  }

  #openRow(number: string | undefined): void {
    const line = number === undefined ? this.#line + 1 : rowNumber(number);
    // An import goes on below the row that it has come to: rows out of order would be left out.
    if (!(line > this.#line && line <= LAST_ROW)) {
      throw new FileError(
        'The rows of the sheet are not numbered in rising order, from 1 to 1,048,576 at the most; save it anew, or as CSV.',
      );
    }
    this.#line = line;
    this.#cells = [];
    this.#characters = 0;
    this.#column = 0;
  }

  #openCell(attributes: Attributes): void {
    this.#cell = attributes;
    this.#value = '';
    this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
    if (!(this.#column >= 1 && this.#column <= LAST_COLUMN)) {
      throw new FileError('this row has a cell in no column of Excel.', this.#line);
    }
  }

  #closeCell(): void {
    const text = this.#cellText();
    if (text === '') return;
    this.#characters += text.length;
    if (this.#characters > MOST_ROW_CHARACTERS) {
      throw new FileError('this row is longer than 1 MiB.', this.#line);
    }
    while (this.#cells.length < this.#column - 1) this.#cells.push('');
    this.#cells[this.#column - 1] = text;
  }

  #cellText(): string {
    const inline = this.#inline.take();
    const value = this.#value;
    switch (this.#cell.t) {
      case 's':
        return value === '' ? '' : this.#sharedText(value);
      case 'inlineStr':
        return inline;
      case 'str':
        return unescaped(value);
      case 'b':
        return value === '' ? '' : String(value.trim() === '1' || value.trim() === 'true');
      case 'e':
        return '';
      case 'd':
        return value;
      default: {
        const style = this.#context.styles[Number(this.#cell.s ?? 0)] ?? PLAIN;
        return value === '' ? '' : numberText(value, style, this.#context.from1904);
      }
    }
  }

  #sharedText(index: string): string {
    const text = this.#context.strings.get(Number(index));
    if (text === undefined) throw new FileError('a text of this row is missing.', this.#line);
    return text;
  }
}
