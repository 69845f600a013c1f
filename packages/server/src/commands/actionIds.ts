import { createReadStream } from 'node:fs';
import { csvRecords } from '../intake/file/csv/records.ts';
import { FileError } from '../intake/file/fileError.ts';
import { isBlank, MOST_ROW_CHARACTERS } from '../intake/file/rowFile.ts';

/** The field that holds the id, as the contract names it. */
const FIELD = 'action_id';

/** What stands where an action id should, and in which line. */
interface Given {
  readonly line: number;
  readonly id: unknown;
}

/**
 * The action ids of a whole file, or of standard input (`-`): JSON Lines of records with the member
 * action_id, or of arrays of them, as answers of the Client API are; or CSV with that column; without
 * titles, the first cell of each record. Texts of the persons are in these files, so that a line of
 * a text must never be taken for a record. Fails with a FileError.
 */
export async function readActionIds(path: string): Promise<number[]> {
  const input = path === '-' ? process.stdin : createReadStream(path);
  const { start, text } = await begin(input.setEncoding('utf8'));
  const ids: number[] = [];
  for await (const { line, id } of /^[[{]/.test(start) ? jsonIds(text) : csvIds(start, text)) {
    ids.push(idOf(id, line));
  }
  return ids;
}

/** The first line that is not blank, and the whole text again. */
async function begin(
  input: AsyncIterable<string>,
): Promise<{ start: string; text: AsyncIterable<string> }> {
  const parts = input[Symbol.asyncIterator]();
  let read = '';
  while (!/\S.*[\r\n]/.test(read) && read.length < MOST_ROW_CHARACTERS) {
    const next = await parts.next();
    if (next.done) break;
    read += next.value;
  }
  // A byte order mark counts as white space, too.
  const [start = ''] = read.trimStart().split(/[\r\n]/, 1);
  const text = async function* () {
    yield read.replace(/^\uFEFF/, '');
    yield* { [Symbol.asyncIterator]: () => parts };
  };
  return { start, text: text() };
}

/** Lines end in LF alone: JSON lets U+2028, at which others part lines, stand inside a text. */
async function* jsonIds(text: AsyncIterable<string>): AsyncGenerator<Given> {
  let line = 0;
  for await (const own of lines(text)) {
    line += 1;
    if (own.trim() === '') continue;
    for (const record of recordsOf(own, line)) yield { line, id: record?.[FIELD] };
  }
}

async function* lines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const part of text) {
    const parts = (rest + part).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
  yield rest;
}

function recordsOf(text: string, line: number): ({ [FIELD]?: unknown } | null)[] {
  try {
    return [JSON.parse(text)].flat();
  } catch {
    // Not the parser's own message: it quotes the line.
    throw new FileError('this is not JSON: a record, or an array of records, is one line.', line);
  }
}

async function* csvIds(start: string, text: AsyncIterable<string>): AsyncGenerator<Given> {
  const separator = /[;,\t]/.exec(start)?.[0] ?? ';';
  let first: readonly string[] | undefined;
  let column = 0;
  for await (const row of csvRecords(text, separator)) {
    if (isBlank(row)) continue;
    if (first === undefined) {
      first = row.cells;
      const titled = first.findIndex((cell) => cell.trim() === FIELD);
      column = Math.max(0, titled);
      if (titled >= 0) continue;
    }
    // The line of a text that was written without quotes is no record, whatever it begins with.
    if (row.cells.length !== first.length) {
      throw new FileError('this row has more or fewer cells than the first one.', row.line);
    }
    yield { line: row.line, id: row.cells[column] };
  }
}

function idOf(given: unknown, line: number): number {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
  const id = Number(text);
  if (/^[1-9]\d*$/.test(text) && Number.isSafeInteger(id)) return id;
  throw new FileError(`"${FIELD}" is missing here, or is no whole number above 0.`, line);
}
