import type { Role } from '@relais/contract';
import type { Kysely, Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import { noSuch, Refusal } from '../refusal.ts';
import { writeCatalogAudit } from '../store/catalogAudit.ts';
import { endInvitation } from '../store/invitations.ts';
import { endSessionsOf } from '../store/sessions.ts';
import {
  changeStaffRow,
  hasOtherAdmin,
  insertStaff,
  lockPerson,
  lockStaff,
  type Person,
  type StaffChanges,
} from '../store/staff.ts';
import { type IssuedLink, issueLink } from './links.ts';

/** Adds a person, who sets a password by the link. Refuses an address that is taken. */
export async function invite(
  catalog: Kysely<Catalog>,
  { email, nom, role }: { email: string; nom: string; role: Role },
  actor: string,
): Promise<IssuedLink & { id: number }> {
  return catalog.transaction().execute(async (trx) => {
    const id = await insertStaff(trx, { email, nom, role });
    if (id === undefined) {
      throw new Refusal('name_taken', 'There is somebody with this e-mail address already.');
    }
    const link = await issueLink(trx, id);
    await writeCatalogAudit(trx, {
      actor,
      act: 'staff.invite',
      target: `staff:${id}`,
      detail: { role },
    });
    return { id, ...link };
  });
}

/** Gives a person a new link; an earlier one ends. What it does, it does when it is used. */
export async function renewLink(
  catalog: Kysely<Catalog>,
  id: number,
  resetTwoFactor: boolean,
  actor: string,
): Promise<IssuedLink> {
  return catalog.transaction().execute(async (trx) => {
    const person = await lockExisting(trx, id);
    if (person.disabled) {
      throw new Refusal('changed_meanwhile', 'This person is disabled: let the person in first.');
    }
    const link = await issueLink(trx, id, resetTwoFactor);
    await writeCatalogAudit(trx, {
      actor,
      act: 'staff.renew',
      target: `staff:${id}`,
      detail: { resetTwoFactor },
    });
    return link;
  });
}

/**
 * Changes role, name or whether a person is let in; what is left out stays. It holds from the next
 * request on: sessions are read with the person. Refuses to leave the agency without an admin who
 * can sign in.
 */
export async function changePerson(
  catalog: Kysely<Catalog>,
  id: number,
  changes: StaffChanges,
  actor: string,
): Promise<void> {
  await catalog.transaction().execute(async (trx) => {
    const before = await lockExisting(trx, id);
    await lockStaff(trx);
    const was = before.role === 'admin' && !before.disabled && before.password_hash !== null;
    const stays = (changes.role ?? before.role) === 'admin' && !changes.disabled;
    if (was && !stays && !(await hasOtherAdmin(trx, id))) {
      throw new Refusal(
        'record_in_use',
        'This is the only admin who can sign in: make somebody else an admin first.',
      );
    }
    await changeStaffRow(trx, id, changes);
    if (changes.disabled) {
      await endSessionsOf(trx, id, null);
      await endInvitation(trx, id);
    }
    for (const entry of entriesOf(before, changes)) {
      await writeCatalogAudit(trx, { actor, target: `staff:${id}`, ...entry });
    }
  });
}

/** What the audit says of a change: nothing where nothing changed. */
function entriesOf(before: Person, { role, nom, disabled }: StaffChanges) {
  const entries: { act: string; detail?: Record<string, string> }[] = [];
  if (role && role !== before.role) {
    entries.push({ act: 'staff.role', detail: { from: before.role, to: role } });
  }
  if (nom && nom !== before.nom) entries.push({ act: 'staff.rename' });
  if (typeof disabled === 'boolean' && disabled !== before.disabled) {
    entries.push({ act: disabled ? 'staff.disable' : 'staff.enable' });
  }
  return entries;
}

async function lockExisting(trx: Transaction<Catalog>, id: number): Promise<Person> {
  const person = await lockPerson(trx, id);
  if (!person) throw noSuch('person', id);
  return person;
}
