import { FileError } from '../fileError.ts';
import { findHeader, knownTitles } from '../header.ts';
import type { Row } from '../rowFile.ts';
import { firstRows } from '../table.ts';
import { csvRecords } from './records.ts';

const candidates = [';', ',', '\t', '|'];

/**
 * The separator of a CSV text, from its first rows as each candidate cuts them: the one that gives
 * most titles of known fields, else the most columns that later rows have, too. A file of one
 * column has `;`. `open` begins the text anew. Fails with a FileError when those rows, as the best
 * candidate cuts them, are not CSV.
 */
export async function detectSeparator(open: () => AsyncIterable<string>): Promise<string> {
  let best: Score | undefined;
  for (const separator of candidates) {
    const score = await scored(separator, open());
    if (best === undefined || isBetter(score, best)) best = score;
  }
  if (best?.fault !== undefined) throw best.fault;
  return best?.separator ?? ';';
}

interface Score {
  readonly separator: string;
  readonly knownTitles: number;
  /** Columns of the header or first row beyond one, times the share of rows that have as many. */
  readonly agreement: number;
  /** What went wrong at one of the rows: cut at the wrong place, a good file may be no CSV. */
  readonly fault: FileError | undefined;
}

async function scored(separator: string, text: AsyncIterable<string>): Promise<Score> {
  const rows: Row[] = [];
  let fault: FileError | undefined;
  try {
    for await (const row of firstRows(csvRecords(text, separator))) rows.push(row);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    fault = error;
  }
  const titles = findHeader(rows) ?? rows[0] ?? { line: 1, cells: [] };
  const columns = titles.cells.length;
  const alike = rows.filter(({ cells }) => cells.length === columns).length;
  return {
    separator,
    knownTitles: knownTitles(titles),
    agreement: (Math.max(0, columns - 1) * alike) / Math.max(1, rows.length),
    fault,
  };
}

const isBetter = (one: Score, other: Score): boolean =>
  one.knownTitles === other.knownTitles
    ? one.agreement > other.agreement
    : one.knownTitles > other.knownTitles;
