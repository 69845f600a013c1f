import { randomBytes } from 'node:crypto';
import { base62, sha256 } from './encoding.ts';

/** 62^43 > 2^256. */
const LENGTH = 43;

/**
 * Makes the token of a session or of a link: 256 random bits, known to its holder alone; what is
 * stored is the hash. It has no checksum and no prefix, since nobody types it.
 */
export function issueStaffToken(): { text: string; hash: Buffer } {
  const text = base62(randomBytes(32), LENGTH);
  return { text, hash: sha256(text) };
}
