import { stringify } from 'csv-stringify/sync';

/**
 * A cell that spreadsheets do not take for a formula: one that begins with = + - @ tab or return,
 * apostrophes before it not counting, gets an apostrophe more.
 */
const spelled = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** What `spelled` was given. */
export const unspelled = (cell: string): string =>
  /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;

/**
 * Rows of CSV as Excel in French opens them: semicolons, CRLF and, before the first row of a file,
 * a byte order mark. No cell is taken for a formula; a blank one is ''.
 */
export const frenchCsv = (rows: readonly (readonly string[])[], { bom = false } = {}): string =>
  stringify(
    rows.map((cells) => cells.map(spelled)),
    // Left to itself, it quotes a line end only where it is a whole CRLF.
    { delimiter: ';', record_delimiter: '\r\n', quoted_match: /[\r\n]/, bom },
  );
