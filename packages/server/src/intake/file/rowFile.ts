/** A row of a file. A blank cell is '' between others; at the end there is none. */
export interface Row {
  /** CSV: the line of the file where the row starts; XLSX: the number of the row. From 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file of rows, opened: what was found out about it, to be told to the user. */
export interface RowFile {
  readonly format: 'csv' | 'xlsx';
  readonly encoding?: string;
  readonly separator?: string;
  readonly sheet?: string;
  /** XLSX: the sheets that hold something as well, and are not hidden. */
  readonly otherSheets?: readonly string[];
  /** False where the first row is a lead already. */
  readonly hasHeader: boolean;
  /** The title of each column: a generated one, such as `colonne 3`, where the file has none. */
  readonly titles: readonly string[];
  /**
   * The rows below the header, from this line on; blank ones are passed over. Each call reads the
   * file anew and may be left at any row. Fails with a FileError.
   */
  rows(from?: number): AsyncIterable<Row>;
  /** The size of the file. */
  readonly bytes: number;
  /** How much of it the latest `rows` has read; near enough for a progress bar. */
  position(): number;
}

/** What the user says of a file instead of leaving it to be found out. */
export interface RowFileOptions {
  /** CSV: one character. */
  readonly separator?: string | undefined;
  /** CSV: a name of the WHATWG Encoding Standard, such as `windows-1252` or `macintosh`. */
  readonly encoding?: string | undefined;
  /** XLSX: the name of the sheet; otherwise the first one that is not hidden. */
  readonly sheet?: string | undefined;
}

/** More text than this in one row is no lead: a quote was left open, or the file is hostile. */
export const MOST_ROW_CHARACTERS = 1024 * 1024;

/** More columns than this have no file of leads; a stray cell far to the right has. */
export const MOST_COLUMNS = 500;

export const isBlank = ({ cells }: Row): boolean => cells.every((cell) => cell.trim() === '');
