import { pwnedPassword } from 'hibp';
import type { Context } from '../context.ts';
import { errorFields } from '../log/log.ts';
import { invalidParameter } from '../refusal.ts';

/** How long an answer is waited for, milliseconds. */
const PATIENCE = 3_000;

/**
 * Refuses a password that is known from breaches, where the installation has such a list asked:
 * the range API of Have I Been Pwned, which is told five of the 40 digits of the password's SHA-1
 * and answers with some hundred others. A list that does not answer keeps nobody out.
 */
export async function assertNotBreached(
  { config, log }: Pick<Context, 'config' | 'log'>,
  field: 'password' | 'next',
  password: string,
): Promise<void> {
  const baseUrl = config.breachedPasswordsUrl;
  if (baseUrl === undefined) return;
  const asked = { baseUrl, addPadding: true, timeoutMs: PATIENCE, userAgent: 'relais' };
  const seen = await pwnedPassword(password, asked).catch((error) => {
    log.warn(errorFields(error), 'the list of breached passwords does not answer');
    return 0;
  });
  if (seen > 0) {
    throw invalidParameter(field, 'is known from a breach elsewhere: choose another');
  }
}
