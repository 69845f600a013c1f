import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { FileError } from '../fileError.ts';
import { LineCounter } from './lineCounter.ts';

/** The canonical name of an encoding that the user names. Fails with a FileError. */
export function knownEncoding(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new FileError(
      'That encoding is not known; try utf-8, windows-1252, utf-16le or macintosh.',
    );
  }
}

/**
 * The encoding of a CSV file: by its byte order mark; else UTF-8 when all of it is valid; else
 * Windows-1252, which Excel writes. All of it is looked at, since the first accent may be far down.
 * UTF-8 with a stretch that is not is refused with its line: read as either encoding, it would
 * lose letters without a word. Fails with a FileError.
 */
export async function detectEncoding(path: string, start: Buffer): Promise<string> {
  const mark = start.subarray(0, 3).toString('latin1');
  if (mark.startsWith('\xff\xfe')) return 'utf-16le';
  if (mark.startsWith('\xfe\xff')) return 'utf-16be';
  const wide = unmarkedUtf16(start);
  if (wide !== undefined) return wide;
  if (start.includes(0)) throw new FileError('This is no text; leads are read from CSV and XLSX.');

  const wrong = await firstNotUtf8(path);
  if (wrong === undefined) return 'utf-8';
  if (mark === '\xef\xbb\xbf' || wrong.afterUtf8) {
    throw new FileError(
      'this is not UTF-8, which the file is until here; repair it, or name the encoding.',
      wrong.line,
    );
  }
  return 'windows-1252';
}

/** Text in the Latin alphabet has a zero in every other byte of UTF-16. */
function unmarkedUtf16(start: Buffer): string | undefined {
  let even = 0;
  let odd = 0;
  for (const [index, byte] of start.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  if (even === 0 && odd > start.length / 4) return 'utf-16le';
  if (odd === 0 && even > start.length / 4) return 'utf-16be';
  return undefined;
}

interface NotUtf8 {
  readonly line: number;
  /** Whether letters beyond ASCII came before, all of them valid. */
  readonly afterUtf8: boolean;
}

async function firstNotUtf8(path: string): Promise<NotUtf8 | undefined> {
  const counter = new LineCounter();
  let afterUtf8 = false;
  let carried = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    const block = Buffer.concat([carried, chunk]);
    const whole = block.subarray(0, block.length - unfinished(block));
    if (!isUtf8(whole)) return placeIn(whole, counter, afterUtf8);
    counter.add(whole.toString('latin1'));
    afterUtf8 ||= !isAscii(whole);
    carried = block.subarray(whole.length);
  }
  return carried.length === 0 ? undefined : { line: counter.line, afterUtf8 };
}

/** Finds the first line of a block that is not UTF-8; `counter` has come to where it starts. */
function placeIn(block: Buffer, counter: LineCounter, afterUtf8: boolean): NotUtf8 {
  let before = afterUtf8;
  let offset = 0;
  for (const line of block.toString('latin1').split(/(?<=[\r\n])/)) {
    const bytes = block.subarray(offset, offset + line.length);
    if (!isUtf8(bytes)) break;
    before ||= !isAscii(bytes);
    offset += line.length;
    counter.add(line);
  }
  return { line: counter.line, afterUtf8: before };
}

/** How many bytes at the end begin a UTF-8 sequence that the next block goes on with. */
function unfinished(block: Buffer): number {
  for (let back = 1; back <= Math.min(3, block.length); back += 1) {
    const byte = block[block.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}
