import type { Role } from '@relais/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';

/** An open link, and whom it lets in. */
export interface Invitation {
  /** null: the first admin, who is nobody yet. */
  readonly id_staff: number | null;
  readonly email: string | null;
  readonly nom: string | null;
  readonly role: Role;
  readonly resets_two_factor: boolean;
  readonly expires_at: Date;
}

/**
 * The link of this token; undefined when it was used, has expired, was replaced, or is of somebody
 * disabled. The first admin's is good for as long as there is nobody.
 */
export async function findInvitation(
  catalog: Kysely<Catalog>,
  tokenHash: Buffer,
): Promise<Invitation | undefined> {
  const found = await sql<Invitation>`
    select own.id_staff, staff.email, staff.nom, coalesce(staff.role, 'admin') as role,
      own.resets_two_factor, own.expires_at
    from staff_invitation own left join staff on staff.id = own.id_staff
    where own.token_hash = ${tokenHash} and own.expires_at > clock_timestamp()
      and case when own.id_staff is null then not exists (select from staff)
        else staff.disabled_at is null end`.execute(catalog);
  return found.rows[0];
}

/** Opens a link, valid for so many hours, in the place of the one before. Gives its end. */
export async function replaceInvitation(
  db: Kysely<Catalog>,
  link: { id_staff: number | null; token_hash: Buffer; resets_two_factor: boolean; hours: number },
): Promise<Date> {
  const made = await sql<{ expires_at: Date }>`
    insert into staff_invitation (id_staff, token_hash, resets_two_factor, expires_at)
    values (${link.id_staff}, ${link.token_hash}, ${link.resets_two_factor},
      clock_timestamp() + make_interval(hours => ${link.hours}))
    on conflict (coalesce(id_staff, 0)) do update set token_hash = excluded.token_hash,
      resets_two_factor = excluded.resets_two_factor, expires_at = excluded.expires_at,
      created_at = excluded.created_at
    returning staff_invitation.expires_at`.execute(db);
  const [row] = made.rows;
  if (!row) throw new Error('the link was not stored');
  return row.expires_at;
}

/** Uses up a link; false when somebody else did, or it was replaced. */
export async function takeInvitation(
  trx: Transaction<Catalog>,
  tokenHash: Buffer,
): Promise<boolean> {
  const done = await sql`
    delete from staff_invitation own
    where own.token_hash = ${tokenHash} and own.expires_at > clock_timestamp()`.execute(trx);
  return done.numAffectedRows === 1n;
}

/** Ends the link of a person, if there is one. */
export async function endInvitation(trx: Transaction<Catalog>, staff: number): Promise<void> {
  await sql`delete from staff_invitation own where own.id_staff = ${staff}`.execute(trx);
}
