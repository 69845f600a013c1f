import type { Role } from '@relais/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';

/** A person of the agency with what sign-in compares. None of it is to be shown. */
export interface Person {
  readonly id: number;
  readonly email: string;
  readonly nom: string;
  readonly role: Role;
  /** null until the person has set one. */
  readonly password_hash: string | null;
  /** Sealed; it counts when `two_factor` is true. */
  readonly totp_secret: Buffer | null;
  readonly two_factor: boolean;
  readonly totp_last_step: number | null;
  readonly disabled: boolean;
}

const person = sql`
  staff.id, staff.email, staff.nom, staff.role, staff.password_hash, staff.totp_secret,
  staff.totp_confirmed_at is not null as two_factor, staff.totp_last_step,
  staff.disabled_at is not null as disabled`;

/** The person with this address (in lower case), or undefined. */
export async function findPersonByEmail(
  catalog: Kysely<Catalog>,
  email: string,
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select ${person} from staff where staff.email = ${email}`.execute(catalog);
  return found.rows[0];
}

export async function findPerson(
  catalog: Kysely<Catalog>,
  id: number,
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select ${person} from staff where staff.id = ${id}`.execute(catalog);
  return found.rows[0];
}

/**
 * The person as it stands now, locked until the transaction ends: signing in, a change of password
 * or factor and a disabling of one person come one after another, and each sees the one before.
 */
export async function lockPerson(
  trx: Transaction<Catalog>,
  id: number,
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select ${person} from staff where staff.id = ${id} for no key update`.execute(trx);
  return found.rows[0];
}

/**
 * Until the transaction ends nobody else adds or changes a person: two admins can't take each
 * other's role away at once. Who locks a person, too, does so before, as a sign-in does.
 */
export async function lockStaff(trx: Transaction<Catalog>): Promise<void> {
  await sql`lock table staff in share row exclusive mode`.execute(trx);
}

/** Adds a person and gives its id; undefined when the address is taken. */
export async function insertStaff(
  trx: Transaction<Catalog>,
  staff: { email: string; nom: string; role: Role },
): Promise<number | undefined> {
  const row = await trx
    .insertInto('staff')
    .values(staff)
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('staff.id')
    .executeTakeFirst();
  return row?.id;
}

export async function isAnybodyThere(catalog: Kysely<Catalog>): Promise<boolean> {
  const found = await sql`select from staff limit 1`.execute(catalog);
  return found.rows.length > 0;
}

/** True when an admin other than this person can sign in. */
export async function hasOtherAdmin(trx: Transaction<Catalog>, id: number): Promise<boolean> {
  const found = await sql`
    select from staff
    where staff.role = 'admin' and staff.id <> ${id} and staff.disabled_at is null
      and staff.password_hash is not null
    limit 1`.execute(trx);
  return found.rows.length > 0;
}

/** Changes what is given. */
export async function changeStaffRow(
  trx: Transaction<Catalog>,
  id: number,
  { role = null, nom = null, disabled = null }: StaffChanges,
): Promise<void> {
  await sql`
    update staff set role = coalesce(${role}, staff.role), nom = coalesce(${nom}, staff.nom),
      disabled_at = case when ${disabled}::boolean is null then staff.disabled_at
        when ${disabled} then coalesce(staff.disabled_at, clock_timestamp()) end
    where staff.id = ${id}`.execute(trx);
}

export interface StaffChanges {
  readonly role?: Role | null | undefined;
  readonly nom?: string | null | undefined;
  readonly disabled?: boolean | null | undefined;
}

export async function setPassword(
  trx: Transaction<Catalog>,
  id: number,
  hash: string,
): Promise<void> {
  await trx.updateTable('staff').set({ password_hash: hash }).where('staff.id', '=', id).execute();
}

/** A person as lists show it: no hash, no secret. */
export interface StaffSummary {
  readonly id: number;
  readonly email: string;
  readonly nom: string;
  readonly role: Role;
  readonly two_factor: boolean;
  readonly state: 'active' | 'invited' | 'disabled';
  readonly link_expires_at: Date | null;
  readonly last_seen_at: Date | null;
  readonly created_at: Date;
}

/** Whether somebody can sign in: not when disabled, nor before they have set a password. */
export const staffState = sql`
  case when staff.disabled_at is not null then 'disabled'
    when staff.password_hash is null then 'invited' else 'active' end`;

const summaries = sql`
  select staff.id, staff.email, staff.nom, staff.role,
    staff.totp_confirmed_at is not null as two_factor,
    ${staffState} as state,
    (select own.expires_at from staff_invitation own
      where own.id_staff = staff.id and own.expires_at > clock_timestamp()) as link_expires_at,
    (select max(session.last_seen_at) from staff_session session
      where session.id_staff = staff.id and session.complete) as last_seen_at,
    staff.created_at
  from staff`;

/** Everybody, by name. */
export async function listStaff(catalog: Kysely<Catalog>): Promise<StaffSummary[]> {
  const found = await sql<StaffSummary>`
    ${summaries} order by lower(staff.nom), staff.id`.execute(catalog);
  return found.rows;
}

export async function findStaffSummary(
  catalog: Kysely<Catalog>,
  id: number,
): Promise<StaffSummary | undefined> {
  const found = await sql<StaffSummary>`${summaries} where staff.id = ${id}`.execute(catalog);
  return found.rows[0];
}
