import { randomBytes } from 'node:crypto';
import { base62, checksumHolds, sha256, withChecksum } from './encoding.ts';

/** 62^24 > 2^142. Google Ads takes keys of at most 50 characters; a whole token has 44. */
const SECRET_LENGTH = 24;
const SHAPE = /^relais_intake_[0-9A-Za-z]{30}$/;

/** Makes the token of a source: shown once; what is stored is its hash. */
export function issueToken(): { text: string; hash: Buffer } {
  const text = withChecksum(`relais_intake_${base62(randomBytes(24), SECRET_LENGTH)}`);
  return { text, hash: sha256(text) };
}

/** The hash of a token; undefined when it is mistyped, which needs no database to be known. */
export const hashToken = (text: string): Buffer | undefined =>
  SHAPE.test(text) && checksumHolds(text) ? sha256(text) : undefined;
