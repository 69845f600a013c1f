import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type PersonField, personFields } from '../intake/leadDraft.ts';

/** What is known of a person; null where nothing is. */
export type Person = Readonly<Record<PersonField, string | null>>;

const columns = sql.join(personFields.map((field) => sql.ref(`prospect.${field}`)));

/** Whose an identity is. */
export interface Owner {
  readonly value: string;
  readonly id_prospect: number;
}

/**
 * Claims identities (telephones in E.164, e-mail addresses in lower case) for a prospect that may
 * have to be made, `fresh`, and says whose they are: those of known persons stay theirs. The
 * unique index decides, also between leads that arrive at once: who comes second waits for the
 * first to commit and is told its prospect. The rows stay locked until the transaction ends. They
 * are taken in one order everywhere, so that two leads never wait for each other.
 */
export async function claimIdentities(
  trx: Transaction<Crm>,
  values: readonly string[],
): Promise<{ fresh: number; owners: Owner[] }> {
  const next = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('prospect', 'id')) as id`.execute(trx);
  const fresh = next.rows[0]?.id ?? 0;
  const claimed = await sql<Owner>`
    insert into prospect_identity (value, id_prospect)
    select own.value, ${fresh}::bigint from unnest(${[...values].sort()}::text[]) own (value)
    on conflict (value) do update set value = excluded.value
    returning prospect_identity.value, prospect_identity.id_prospect`.execute(trx);
  return { fresh, owners: claimed.rows };
}

/** Makes the prospect for which identities were claimed. */
export async function insertProspect(
  trx: Transaction<Crm>,
  id: number,
  person: Person,
): Promise<void> {
  await trx
    .insertInto('prospect')
    .values({ id, ...person })
    .execute();
}

/** Gives identities that were claimed for a fresh prospect to one that is known. */
export async function giveIdentities(
  trx: Transaction<Crm>,
  fresh: number,
  known: number,
): Promise<void> {
  await sql`
    update prospect_identity set id_prospect = ${known}
    where prospect_identity.id_prospect = ${fresh}`.execute(trx);
}

/**
 * A prospect, locked until the transaction ends: the leads of one person come one after another.
 * Undefined once it was erased.
 */
export async function lockProspect(trx: Transaction<Crm>, id: number): Promise<Person | undefined> {
  const found = await sql<Person>`
    select ${columns} from prospect
    where prospect.id = ${id} and prospect.erased_at is null
    for no key update`.execute(trx);
  return found.rows[0];
}

/** Writes fields of a locked prospect. */
export async function updateProspect(
  trx: Transaction<Crm>,
  id: number,
  fields: Partial<Person>,
): Promise<void> {
  await trx.updateTable('prospect').set(fields).where('prospect.id', '=', id).execute();
}

/** A person with when they were first written down, and erased. */
export interface KnownPerson extends Person {
  readonly created_at: Date;
  readonly erased_at: Date | null;
}

/** The person of this id, or undefined. */
export async function findProspect(db: Kysely<Crm>, id: number): Promise<KnownPerson | undefined> {
  const found = await sql<KnownPerson>`
    select ${columns}, prospect.created_at, prospect.erased_at from prospect
    where prospect.id = ${id}`.execute(db);
  return found.rows[0];
}

/** By what a prospect is recognised, in the order in which they were claimed. */
export async function identitiesOf(db: Kysely<Crm>, prospect: number): Promise<string[]> {
  const found = await sql<{ value: string }>`
    select own.value from prospect_identity own where own.id_prospect = ${prospect}
    order by own.id`.execute(db);
  return found.rows.map((row) => row.value);
}

/** Whose these identities are; those of nobody are left out. */
export async function ownersOf(db: Kysely<Crm>, values: readonly string[]): Promise<Owner[]> {
  const found = await sql<Owner>`
    select own.value, own.id_prospect from prospect_identity own
    where own.value = any(${values}::text[])`.execute(db);
  return found.rows;
}

/** Takes identities from a prospect; those of others stay. */
export async function dropIdentities(
  trx: Transaction<Crm>,
  prospect: number,
  values: readonly string[],
): Promise<void> {
  await sql`
    delete from prospect_identity
    where prospect_identity.id_prospect = ${prospect}
      and prospect_identity.value = any(${values}::text[])`.execute(trx);
}
