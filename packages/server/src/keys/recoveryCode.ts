import { randomBytes } from 'node:crypto';
import { sha256 } from './encoding.ts';

const COUNT = 10;

/**
 * Ten codes of 112 random bits, as 28 hexadecimal digits in groups: short enough to copy from
 * paper, too long to be found from their hashes (OWASP ASVS 5.0, 6.5.2).
 */
export const issueRecoveryCodes = (): string[] =>
  Array.from({ length: COUNT }, () =>
    randomBytes(14)
      .toString('hex')
      .replace(/.{7}(?=.)/g, '$&-'),
  );

/** The hash of a code, however it was typed: with or without hyphens and capitals. */
export const hashRecoveryCode = (text: string): Buffer =>
  sha256(text.toLowerCase().replace(/[^0-9a-f]/g, ''));
