import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw } from 'node:zlib';

/** Beyond it a zip has other headers (Zip64), which not every reader of spreadsheets knows. */
const MOST_BYTES = 0xffff_ffff;

/** The content of an entry, or the whole, is more than a zip holds. */
export class ZipFull extends Error {
  constructor() {
    super('too much for a zip');
    this.name = 'ZipFull';
  }
}

/** What stands in both headers of an entry. */
interface Entry {
  readonly name: Buffer;
  readonly offset: number;
  crc: number;
  packed: number;
  bytes: number;
}

/**
 * Writes a zip of these entries, compressed, to a new file that only its owner may read (PKWARE
 * APPNOTE.TXT 4.3). Entries are made and packed as they are written: what an entry comes to stands
 * behind it, so that none is held in memory.
 */
export async function writeZip(
  path: string,
  entries: Iterable<readonly [name: string, content: AsyncIterable<string> | Iterable<string>]>,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    const written: Entry[] = [];
    let offset = 0;
    const write = async (bytes: Buffer): Promise<void> => {
      await writeAll(file, bytes);
      offset += bytes.length;
      if (offset > MOST_BYTES) throw new ZipFull();
    };
    for (const [name, content] of entries) {
      const entry: Entry = { name: Buffer.from(name), offset, crc: 0, packed: 0, bytes: 0 };
      await write(headerOf('PK\x03\x04', LOCAL, { ...entry, crc: 0, packed: 0, bytes: 0 }));
      await write(entry.name);
      await pipeline(
        Readable.from(counted(content, entry)),
        createDeflateRaw(),
        async (packed: AsyncIterable<Buffer>) => {
          for await (const bytes of packed) {
            entry.packed += bytes.length;
            await write(bytes);
          }
        },
      );
      await write(headerOf('PK\x07\x08', DESCRIPTOR, entry));
      written.push(entry);
    }
    const directory = offset;
    for (const entry of written) {
      await write(headerOf('PK\x01\x02', CENTRAL, entry));
      await write(entry.name);
    }
    await write(endOf(written.length, directory, offset - directory));
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at)).bytesWritten;
  }
}

/** The content as bytes, its size and checksum noted as it passes. */
async function* counted(
  content: AsyncIterable<string> | Iterable<string>,
  entry: Entry,
): AsyncGenerator<Buffer> {
  for await (const text of content) {
    const bytes = Buffer.from(text);
    entry.bytes += bytes.length;
    entry.crc = crc32(bytes, entry.crc);
    if (entry.bytes > MOST_BYTES) throw new ZipFull();
    yield bytes;
  }
}

/** A field of a header: how many bytes, and what stands there. */
type Field = readonly [size: 2 | 4, value: number | ((entry: Entry) => number)];

const VERSION: Field = [2, 20];
// Sizes stand behind the content; the name is UTF-8.
const FLAGS: Field = [2, 0x0808];
const DEFLATED: Field = [2, 8];
const MIDNIGHT: Field = [2, 0];
// 1 January 1980: nobody asks when a part of a spreadsheet was written.
const DAY: Field = [2, 0x21];
const NONE_2: Field = [2, 0];
const NONE_4: Field = [4, 0];
const SIZES: readonly Field[] = [
  [4, ({ crc }) => crc],
  [4, ({ packed }) => packed],
  [4, ({ bytes }) => bytes],
];
const NAME: Field = [2, ({ name }) => name.length];
const COMMON: readonly Field[] = [VERSION, FLAGS, DEFLATED, MIDNIGHT, DAY, ...SIZES, NAME, NONE_2];
const LOCAL = COMMON;
const DESCRIPTOR = SIZES;
const OFFSET: Field = [4, ({ offset }) => offset];
const CENTRAL = [VERSION, ...COMMON, NONE_2, NONE_2, NONE_2, NONE_4, OFFSET];

function headerOf(signature: string, fields: readonly Field[], entry: Entry): Buffer {
  const bytes = Buffer.alloc(4 + fields.reduce((sum, [size]) => sum + size, 0));
  let at = bytes.write(signature, 'latin1');
  for (const [size, value] of fields) {
    at = bytes.writeUIntLE(typeof value === 'number' ? value : value(entry), at, size);
  }
  return bytes;
}

function endOf(entries: number, offset: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries, 8);
  end.writeUInt16LE(entries, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
