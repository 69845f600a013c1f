import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

export type Environment = 'live' | 'test';

/** A key as its holder has it, taken apart. */
export interface ParsedKey {
  readonly id: string;
  readonly environment: Environment;
  /** SHA-256 of the whole text. */
  readonly hash: Buffer;
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 12;
/** 62^43 > 2^256: 32 bytes always fit. */
const SECRET_LENGTH = 43;
/** 62^6 > 2^32. */
const CHECKSUM_LENGTH = 6;

const SHAPE = /^relais_(live|test)_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** Finds what looks like a key inside a longer text, as leak scanners do. */
export const KEY_PATTERN = /relais_(?:live|test)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/;

function base62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let position = 0; position < length; position += 1) {
    text = ALPHABET[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}

function checksum(text: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(text));
  return base62(bytes, CHECKSUM_LENGTH);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes a new key: `relais_<environment>_<id>_<32 random bytes in base62><CRC32 in base62>`. The
 * text is for its holder alone; what is stored is the id and the hash.
 */
export function issueKey(environment: Environment): { text: string } & ParsedKey {
  const id = base62(randomBytes(16), ID_LENGTH);
  const body = `relais_${environment}_${id}_${base62(randomBytes(32), SECRET_LENGTH)}`;
  const text = body + checksum(body);
  return { text, id, environment, hash: sha256(text) };
}

/** Takes a key apart; undefined when it is mistyped, which needs no database to be known. */
export function parseKey(text: string): ParsedKey | undefined {
  const match = SHAPE.exec(text);
  if (!match) return undefined;
  const [, environment, id] = match as unknown as [string, Environment, string];
  const body = text.slice(0, -CHECKSUM_LENGTH);
  if (checksum(body) !== text.slice(-CHECKSUM_LENGTH)) return undefined;
  return { id, environment, hash: sha256(text) };
}

/** Compares two hashes in constant time. */
export const sameHash = (left: Buffer, right: Buffer): boolean =>
  left.length === right.length && timingSafeEqual(left, right);
