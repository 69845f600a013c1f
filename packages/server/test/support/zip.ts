import { crc32, deflateRawSync } from 'node:zlib';

/** An entry, or its bytes with what its headers say of them instead of the truth. */
export type ZipEntry = string | Buffer | { bytes: Buffer; size?: number; flags?: number };

/** A zip file of these entries, compressed (APPNOTE.TXT 4.3). */
export function zipOf(entries: Readonly<Record<string, ZipEntry>>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, entry] of Object.entries(entries)) {
    const given = typeof entry === 'string' || Buffer.isBuffer(entry) ? { bytes: entry } : entry;
    const bytes = Buffer.from(given.bytes);
    const packed = deflateRawSync(bytes);
    const { size = bytes.length, flags = 0 } = 'size' in given || 'flags' in given ? given : {};
    const common = header(flags, crc32(bytes), packed.length, size, Buffer.byteLength(name));
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, central, Buffer.from(name)]),
    );
    parts.push(local);
    offset += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listed, end]);
}

/** What the local and the central header have in common. */
function header(flags: number, crc: number, packed: number, size: number, name: number): Buffer {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  bytes.writeUInt16LE(flags, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt32LE(crc, 10);
  bytes.writeUInt32LE(packed, 14);
  bytes.writeUInt32LE(size, 18);
  bytes.writeUInt16LE(name, 22);
  return bytes;
}
