import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { FileError } from '../fileError.ts';

/** What an entry may unpack to: the largest sheet, and parts that are held in memory. */
export const MOST_SHEET_BYTES = 2 * 1024 ** 3;
export const MOST_PART_BYTES = 64 * 1024 ** 2;
/** Real sheets pack 10 to 60 to 1; a bomb packs 1000 to 1. Small entries do no harm. */
const MOST_RATIO = 400;
const RATIO_MATTERS_FROM = 16 * 1024 ** 2;
const MOST_ENTRIES = 10_000;

/** The parts of an XLSX file, by their names; upper and lower case are the same. */
export interface Zip {
  has(name: string): boolean;
  /** What an entry takes unpacked. */
  size(name: string): number;
  /** The bytes of an entry; fails with a FileError when it is absent, or more than `most`. */
  read(name: string, most: number): AsyncIterable<Buffer>;
  close(): void;
}

/** Opens a zip by its central directory. Close it. Fails with a FileError. */
export async function openZip(path: string): Promise<Zip> {
  let zip: ZipFile | undefined;
  const entries = new Map<string, Entry>();
  try {
    zip = await openPromise(path, { autoClose: false });
    if (zip.entryCount > MOST_ENTRIES) throw new FileError('This is no XLSX file.');
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (error) {
    zip?.close();
    throw faultOf(error);
  }
  const opened = zip;
  return {
    has: (name) => entries.has(name.toLowerCase()),
    size: (name) => entries.get(name.toLowerCase())?.uncompressedSize ?? 0,
    async *read(name, most) {
      const entry = entries.get(name.toLowerCase());
      if (entry === undefined) throw new FileError('The file is incomplete: a part is missing.');
      assertHarmless(entry, most);
      try {
        // yauzl holds an entry to the size that it declares, which was checked.
        const stream: Readable = await opened.openReadStreamPromise(entry);
        yield* stream;
      } catch (error) {
        throw faultOf(error);
      }
    },
    close: () => opened.close(),
  };
}

function assertHarmless(entry: Entry, most: number): void {
  if (entry.isEncrypted()) throw new FileError('The file has a password; save it without one.');
  const { uncompressedSize, compressedSize } = entry;
  const ratio = uncompressedSize / Math.max(1, compressedSize);
  if (uncompressedSize > most || (uncompressedSize > RATIO_MATTERS_FROM && ratio > MOST_RATIO)) {
    throw new FileError('The file unpacks to too much; save it as CSV.');
  }
}

/** yauzl and zlib know no classes of errors; whatever they throw, the zip is damaged. */
function faultOf(error: unknown): unknown {
  if (error instanceof FileError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isZlib = code.startsWith('Z_');
  return code === '' || isZlib ? new FileError('The file is damaged or incomplete.') : error;
}
