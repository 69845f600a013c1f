import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { FileError } from '../fileError.ts';
import { MOST_ROW_CHARACTERS, type Row } from '../rowFile.ts';

/**
 * The records of a CSV text, RFC 4180 and what programs make of it: lines end in CRLF, LF or CR, a
 * record has as many cells as it has, and a quote inside a cell is a quote. Each with the line where
 * it starts. A quote that is opened and never closed would swallow the leads behind it: it fails
 * with a FileError, and so does a record of more than MOST_ROW_CHARACTERS.
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  separator: string,
): AsyncGenerator<Row> {
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    raw: true,
    max_record_size: MOST_ROW_CHARACTERS,
  });
  // What goes wrong upstream reaches the loop below: pipeline destroys the parser with it.
  pipeline(text, parser, () => {});

  let line = 1;
  try {
    for await (const { record, raw } of parser as AsyncIterable<ParsedRecord>) {
      if (record.some((cell) => swallowedLines(cell, raw))) throw openQuote(line);
      yield { line, cells: record };
      // Counted here: csv-parse counts a CRLF inside quotes twice.
      line += 1 + lineEnds(record);
    }
  } catch (error) {
    throw error instanceof CsvError ? csvFault(error, line) : error;
  }
}

/** What csv-parse gives with the option `raw`. */
interface ParsedRecord {
  readonly record: string[];
  readonly raw: string;
}

/**
 * Whether csv-parse took back, some lines later, that a cell was quoted, since its closing quote was
 * followed by more text. Such a cell starts with a quote that is not doubled in the file.
 */
const swallowedLines = (cell: string, raw: string): boolean =>
  cell.startsWith('"') && /[\r\n]/.test(cell) && !raw.includes(`"${cell.replaceAll('"', '""')}"`);

function lineEnds(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) count += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return count;
}

const openQuote = (line: number): FileError =>
  new FileError('a quote (") is opened in this row and never closed.', line);

/** Not csv-parse's own messages: some quote the row. */
function csvFault(error: CsvError, line: number): FileError {
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return openQuote(line);
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return new FileError('this row is longer than 1 MiB; is a quote (") left open?', line);
  }
  return new FileError('this row is not CSV.', line);
}
