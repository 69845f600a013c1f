import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { createGate } from '../concurrency/gate.ts';
import { invalidParameter } from '../refusal.ts';

/** Argon2id (the default of the library), as the OWASP Password Storage Cheat Sheet has it. */
const OWASP = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashing fills threads that files and DNS need too: a flood of sign-ins waits, or is refused. */
const gate = createGate(2, 100);

/** A hash to compare with where there is no password: nobody learns that from the time it takes. */
let nobodys: Promise<string> | undefined;

/** The hash of a password in its text form (PHC), with its salt and costs. */
export const hashPassword = (password: string): Promise<string> =>
  gate.pass(() => hash(password.normalize('NFC'), OWASP));

/** True when this is the password of a hash. Without a hash it takes as long, and is false. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  nobodys ??= hash(randomBytes(32), OWASP);
  const compared = stored ?? (await nobodys);
  const same = await gate.pass(() => verify(compared, password.normalize('NFC')));
  return same && stored !== null;
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase();
/** Fewer different characters than this are one pattern again and again. */
const LEAST_DIFFERENT = 5;

/**
 * Refuses a password that whoever knows the person tries first. Length is the contract's matter;
 * rules of composition there are none (NIST SP 800-63B, section 3.1.1).
 */
export function assertNotGuessable(
  field: 'password' | 'next',
  password: string,
  { email, nom }: { email: string; nom: string },
): void {
  const text = folded(password);
  const own = [email, email.split('@')[0] ?? '', nom].map(folded);
  const rule = own.includes(text)
    ? 'must not be the e-mail address or the name'
    : new Set(text).size < LEAST_DIFFERENT
      ? `must have at least ${LEAST_DIFFERENT} different characters`
      : undefined;
  if (rule) throw invalidParameter(field, rule);
}
