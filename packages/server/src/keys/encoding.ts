import { createHash, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^6 > 2^32. */
export const CHECKSUM_LENGTH = 6;

/** Bytes as a number in base62, with this many digits: the lowest ones where they are fewer. */
export function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let position = 0; position < length; position += 1) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}

/** CRC32 in base62: a mistyped secret is known without a query, and a leaked one by scanners. */
function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return base62(bytes, CHECKSUM_LENGTH);
}

export const withChecksum = (body: string): string => body + checksum(body);

export const checksumHolds = (text: string): boolean =>
  checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);

export const sha256 = (text: string | Buffer): Buffer => createHash('sha256').update(text).digest();

/** Compares two hashes in constant time. */
export const sameHash = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);
