import type { Transaction } from 'kysely';
import type { DB as Catalog } from '../../db/catalog.generated.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { type Invitation, takeInvitation } from '../../store/invitations.ts';
import { clearTotp } from '../../store/secondFactor.ts';
import { endSessionsOf } from '../../store/sessions.ts';
import {
  changeStaffRow,
  insertStaff,
  isAnybodyThere,
  lockPerson,
  lockStaff,
  setPassword,
} from '../../store/staff.ts';
import type { PublicCall } from '../operatorCall.ts';
import { linkIsOver } from './openInvitation.ts';
import { type StartedSession, startSession } from './startSession.ts';

/**
 * Uses up a link in one transaction: the person gets the password and, where the link says so,
 * loses the second factor; all sessions end, and a new one begins. Of two who use one link at
 * once, one is refused and changes nothing.
 */
export async function acceptAs(
  call: PublicCall,
  { id_staff, hash: token, resets_two_factor }: Invitation & { hash: Buffer },
  { email, nom, hash }: { email: string; nom: string; hash: string },
): Promise<StartedSession> {
  return call.context.databases.catalog.transaction().execute(async (trx) => {
    const id = id_staff ?? (await insertFirstAdmin(trx, email, nom));
    const person = await lockPerson(trx, id);
    if (!person || person.disabled || !(await takeInvitation(trx, token))) throw linkIsOver();
    await setPassword(trx, id, hash);
    await changeStaffRow(trx, id, { nom });
    if (resets_two_factor) await clearTotp(trx, id);
    await endSessionsOf(trx, id, null);
    await writeCatalogAudit(trx, {
      actor: `staff:${id}`,
      act: 'staff.accept',
      target: `staff:${id}`,
      detail: { resetTwoFactor: resets_two_factor, address: call.address },
    });
    const two_factor = person.two_factor && !resets_two_factor;
    return startSession(trx, call, { id, two_factor }, 'link');
  });
}

/** Adds the first admin; somebody who was added meanwhile is the first, and this link is over. */
async function insertFirstAdmin(
  trx: Transaction<Catalog>,
  email: string,
  nom: string,
): Promise<number> {
  await lockStaff(trx);
  const first = !(await isAnybodyThere(trx));
  const id = first ? await insertStaff(trx, { email, nom, role: 'admin' }) : undefined;
  if (id === undefined) throw linkIsOver();
  return id;
}
