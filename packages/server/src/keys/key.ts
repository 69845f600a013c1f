import { randomBytes } from 'node:crypto';
import { base62, checksumHolds, sha256, withChecksum } from './encoding.ts';

export type Environment = 'live' | 'test';

/** A key as its holder has it, taken apart. */
export interface ParsedKey {
  readonly id: string;
  readonly environment: Environment;
  /** SHA-256 of the whole text. */
  readonly hash: Buffer;
}

const ID_LENGTH = 12;
/** 62^43 > 2^256: 32 bytes always fit. */
const SECRET_LENGTH = 43;

const SHAPE = /^relais_(live|test)_([0-9A-Za-z]{12})_[0-9A-Za-z]{49}$/;

/** Finds what looks like a key inside a longer text, as leak scanners do. */
export const KEY_PATTERN = /relais_(?:live|test)_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}/;

const BEGINNING = /relais_(?:live|test)_([0-9A-Za-z]{12})/;

/** The id in a text that holds a key, or the beginning of one; undefined where there is none. */
export const idWithin = (text: string): string | undefined => BEGINNING.exec(text)?.[1];

/**
 * Makes a new key: `relais_<environment>_<id>_<32 random bytes in base62><CRC32 in base62>`. The
 * text is for its holder alone; what is stored is the id and the hash.
 */
export function issueKey(environment: Environment): { text: string } & ParsedKey {
  const id = base62(randomBytes(16), ID_LENGTH);
  const secret = base62(randomBytes(32), SECRET_LENGTH);
  const text = withChecksum(`relais_${environment}_${id}_${secret}`);
  return { text, id, environment, hash: sha256(text) };
}

/** Takes a key apart; undefined when it is mistyped, which needs no database to be known. */
export function parseKey(text: string): ParsedKey | undefined {
  const match = SHAPE.exec(text);
  if (!match || !checksumHolds(text)) return undefined;
  const [, environment, id] = match as unknown as [string, Environment, string];
  return { id, environment, hash: sha256(text) };
}
