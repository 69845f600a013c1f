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
 * What stands in no text of Windows-1252, as Latin-1: its five bytes of no letter, and a Ž or a low
 * quote behind a small letter. Those are è, ç, ê, ù and é as Macs write them, and é as DOS does.
 */
const NOT_WINDOWS_1252 = /[\x81\x8d\x8f\x90\x9d]|[a-z][\x82\x8e]/;

/**
 * The encoding of a CSV file: by its byte order mark; else UTF-8 when all of it is valid; else
 * Windows-1252, which Excel writes. All of it is looked at, since the first accent may be far down.
 * UTF-8 with a stretch that is not, and what is neither, is refused with its line: read all the same,
 * it would lose letters without a word. Fails with a FileError.
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
  const other = await firstNotWindows1252(path);
  if (other === undefined) return 'windows-1252';
  throw new FileError(
    'this is neither UTF-8 nor Windows-1252; save the file as "CSV UTF-8", or name its encoding, such as macintosh.',
    other,
  );
}

async function firstNotWindows1252(path: string): Promise<number | undefined> {
  const counter = new LineCounter();
  for await (const text of createReadStream(path, { encoding: 'latin1' })) {
    const at = text.search(NOT_WINDOWS_1252);
    counter.add(at === -1 ? text : text.slice(0, at));
    if (at !== -1) return counter.line;
  }
  return undefined;
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
