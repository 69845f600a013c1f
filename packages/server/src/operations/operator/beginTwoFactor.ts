import { Refusal } from '../../refusal.ts';
import { newTotpSecret, totpUri } from '../../staff/totp.ts';
import { keepTotpSecret } from '../../store/secondFactor.ts';
import { lockPerson } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { assertOwnPassword } from '../staff/ownPassword.ts';

export const beginTwoFactor: OperatorHandler<'beginTwoFactor'> = async (call, { password }) => {
  const { context, staff } = call;
  await assertOwnPassword(call, 'password', password);
  const key = await context.secret();
  const { secret, sealed } = newTotpSecret(key, staff.id);
  await context.databases.catalog.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, staff.id);
    if (person?.two_factor) {
      throw new Refusal('changed_meanwhile', 'Your second factor is on: turn it off first.');
    }
    await keepTotpSecret(trx, staff.id, sealed);
  });
  return { uri: totpUri(staff.email, secret), secret };
};
