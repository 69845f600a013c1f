import { hashRecoveryCode, issueRecoveryCodes } from '../../keys/recoveryCode.ts';
import { invalidParameter, Refusal } from '../../refusal.ts';
import { stepOf } from '../../staff/totp.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { confirmTotp } from '../../store/secondFactor.ts';
import { endSessionsOf } from '../../store/sessions.ts';
import { lockPerson } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const confirmTwoFactor: OperatorHandler<'confirmTwoFactor'> = async (call, { code }) => {
  const { actor, context, staff } = call;
  const right = await call.guess('code', String(staff.id));
  const key = await context.secret();
  const recovery_codes = issueRecoveryCodes();
  await context.databases.catalog.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, staff.id);
    if (!person?.totp_secret || person.two_factor) {
      throw new Refusal('changed_meanwhile', 'Begin with the second factor anew.');
    }
    const step = await stepOf(key, staff.id, person.totp_secret, code);
    if (step === undefined) {
      throw invalidParameter('code', 'is not what the app shows now');
    }
    await confirmTotp(trx, staff.id, step, recovery_codes.map(hashRecoveryCode));
    await endSessionsOf(trx, staff.id, call.session);
    await writeCatalogAudit(trx, { actor, act: 'two_factor.confirm', target: actor });
  });
  await right();
  return { recovery_codes };
};
