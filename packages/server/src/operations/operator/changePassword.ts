import { Refusal } from '../../refusal.ts';
import { assertNotBreached } from '../../staff/breached.ts';
import { assertNotGuessable, hashPassword } from '../../staff/password.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { endInvitation } from '../../store/invitations.ts';
import { endSessionsOf } from '../../store/sessions.ts';
import { lockPerson, setPassword } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { assertOwnPassword } from '../staff/ownPassword.ts';

export const changePassword: OperatorHandler<'changePassword'> = async (
  call,
  { current, next },
) => {
  const { staff, actor } = call;
  const compared = await assertOwnPassword(call, 'current', current);
  assertNotGuessable('next', next, staff);
  await assertNotBreached(call.context, 'next', next);
  const hash = await hashPassword(next);
  return call.context.databases.catalog.transaction().execute(async (trx) => {
    const now = await lockPerson(trx, staff.id);
    if (now?.password_hash !== compared.password_hash) {
      throw new Refusal('changed_meanwhile', 'Your password was changed elsewhere just now.');
    }
    await setPassword(trx, staff.id, hash);
    // Whoever held a link to this account, or a session of it, has it no longer.
    await endInvitation(trx, staff.id);
    const ended_sessions = await endSessionsOf(trx, staff.id, call.session);
    await writeCatalogAudit(trx, { actor, act: 'password.change', target: actor });
    return { ended_sessions };
  });
};
