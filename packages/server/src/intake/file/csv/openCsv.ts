import { createReadStream } from 'node:fs';
import { FileError } from '../fileError.ts';
import type { Row, RowFile, RowFileOptions } from '../rowFile.ts';
import { readTable } from '../table.ts';
import { decode } from './decode.ts';
import { detectEncoding, knownEncoding } from './encoding.ts';
import { csvRecords } from './records.ts';
import { detectSeparator } from './separator.ts';

/** Excel's way to name the separator, in a first line of its own. */
const SEPARATOR_LINE = /^sep=([^\r\n"])[\r\n]/i;

/** Opens a CSV file; `start` is its first bytes. Fails with a FileError. */
export async function openCsv(
  path: string,
  bytes: number,
  start: Buffer,
  options: RowFileOptions,
): Promise<RowFile> {
  const encoding =
    options.encoding === undefined
      ? await detectEncoding(path, start)
      : knownEncoding(options.encoding);

  let position = () => 0;
  const openText = (): AsyncIterable<string> => {
    const stream = createReadStream(path);
    position = () => stream.bytesRead;
    return decode(stream, encoding);
  };

  const named = SEPARATOR_LINE.exec(await startOf(openText()))?.[1];
  const separator = checked(options.separator) ?? named ?? (await detectSeparator(openText));
  const records = async function* (): AsyncGenerator<Row> {
    for await (const row of csvRecords(openText(), separator)) {
      if (named === undefined || row.line > 1) yield row;
    }
  };
  const table = await readTable(records);
  return { format: 'csv', encoding, separator, ...table, bytes, position: () => position() };
}

/** Enough of a text to hold a first line that names the separator. */
async function startOf(text: AsyncIterable<string>): Promise<string> {
  let start = '';
  for await (const part of text) {
    start += part;
    if (start.length >= 8) break;
  }
  return start;
}

function checked(separator: string | undefined): string | undefined {
  if (separator === undefined || /^[^\r\n"]$/.test(separator)) return separator;
  throw new FileError('The separator is one character, such as ; or , and no quote.');
}
