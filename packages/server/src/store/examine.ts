import { type Kysely, sql } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isValid } from './keyConditions.ts';
import { staffState } from './staff.ts';

/** Fails as connecting does. */
export async function probe(db: Kysely<Catalog> | Kysely<Crm>): Promise<void> {
  await sql`select 1`.execute(db);
}

/** Staff, counted. */
export interface StaffCount {
  /** Who can sign in. */
  readonly people: number;
  /** Admins who can sign in. */
  readonly admins: number;
  /** Of these, those who sign in with a second factor. */
  readonly guarded: number;
  /** Admins who have not set a password yet. */
  readonly invited: number;
  /** Admins who are disabled. */
  readonly disabled: number;
}

export async function countStaff(catalog: Kysely<Catalog>): Promise<StaffCount> {
  const found = await sql<StaffCount>`
    select count(*) filter (where own.state = 'active') as people,
      count(*) filter (where own.admin and own.state = 'active') as admins,
      count(*) filter (where own.admin and own.state = 'active' and own.guarded) as guarded,
      count(*) filter (where own.admin and own.state = 'invited') as invited,
      count(*) filter (where own.admin and own.state = 'disabled') as disabled
    from (
      select staff.role = 'admin' as admin, staff.totp_confirmed_at is not null as guarded,
        ${staffState} as state
      from staff
    ) own`.execute(catalog);
  return found.rows[0] ?? { people: 0, admins: 0, guarded: 0, invited: 0, disabled: 0 };
}

/** The sealed second factors of all who may sign in, to see whether our secret opens them. */
export async function sealedCodes(
  catalog: Kysely<Catalog>,
): Promise<{ id: number; totp_secret: Buffer }[]> {
  const found = await sql<{ id: number; totp_secret: Buffer }>`
    select staff.id, staff.totp_secret from staff
    where staff.totp_secret is not null and staff.disabled_at is null`.execute(catalog);
  return found.rows;
}

/** The names of the sources whose secrets are sealed, to see whether ours opens them. */
export async function sealedSources(db: Kysely<Crm>): Promise<string[]> {
  const found = await sql<{ nom: string }>`
    select source.nom from source where source.meta_app_secret is not null
    order by source.nom`.execute(db);
  return found.rows.map(({ nom }) => nom);
}

/** The ids of valid keys that are older than so many days and were never used. */
export async function unusedKeys(db: Kysely<Crm>, days: number): Promise<Set<string>> {
  const found = await sql<{ id: string }>`
    select key.id from api_key key
    where ${isValid} and key.created_at < now() - make_interval(days => ${days})
      and not exists (select from key_use use where use.id_key = key.id)
      and not exists (
        select from pull where pull.id_client = key.id_client and pull.id_key = key.id
      )`.execute(db);
  return new Set(found.rows.map((row) => row.id));
}
