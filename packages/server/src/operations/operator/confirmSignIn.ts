import { issueStaffToken } from '../../keys/staffToken.ts';
import { Refusal } from '../../refusal.ts';
import { takeCode } from '../../staff/takeCode.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { countRecoveryCodes } from '../../store/secondFactor.ts';
import { completeSession, findPendingSession } from '../../store/sessions.ts';
import { lockPerson } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { noteSignIn, SESSION_SECONDS } from '../staff/startSession.ts';

export const confirmSignIn: OperatorHandler<'confirmSignIn'> = async (call, { code }) => {
  const { address, context } = call;
  const { catalog } = context.databases;
  const pending = call.presented && (await findPendingSession(catalog, call.presented));
  if (!pending) throw new Refusal('not_signed_in', 'Give your password again.');
  const staff = pending.id_staff;
  const right = await call.guess('code', String(staff));
  const key = await context.secret();

  const token = issueStaffToken();
  const by = await catalog.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, staff);
    const taken = person && !person.disabled && (await takeCode(trx, key, person, code));
    if (!taken) return undefined;
    // It may have ended meanwhile: then the code is not used up either.
    if (!(await completeSession(trx, pending.id, token.hash, SESSION_SECONDS))) {
      throw new Refusal('not_signed_in', 'Give your password again.');
    }
    await noteSignIn(trx, staff, { session: pending.id, by: taken, address });
    return taken;
  });
  if (!by) {
    await writeCatalogAudit(catalog, {
      actor: 'anyone',
      act: 'session.refuse',
      target: `staff:${staff}`,
      detail: { because: 'code', address },
    });
    throw new Refusal('wrong_credentials', 'The code is wrong, or was used already.');
  }
  await right();
  call.startSession(token.text, SESSION_SECONDS);
  return { recovery_codes: await countRecoveryCodes(catalog, staff) };
};
