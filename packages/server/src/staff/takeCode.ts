import type { Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import { hashRecoveryCode } from '../keys/recoveryCode.ts';
import { takeRecoveryCode, takeStep } from '../store/secondFactor.ts';
import type { Person } from '../store/staff.ts';
import { stepOf } from './totp.ts';

/**
 * Uses up a code of a person's second factor: the digits of the app, or a recovery code. Says
 * which it was; undefined when it is neither, or was used before.
 */
export async function takeCode(
  trx: Transaction<Catalog>,
  key: Buffer,
  person: Person,
  code: string,
): Promise<'app' | 'recovery_code' | undefined> {
  const digits = code.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) {
    const step = person.totp_secret && (await stepOf(key, person.id, person.totp_secret, digits));
    return step && (await takeStep(trx, person.id, step)) ? 'app' : undefined;
  }
  const taken = await takeRecoveryCode(trx, person.id, hashRecoveryCode(code));
  return taken ? 'recovery_code' : undefined;
}
