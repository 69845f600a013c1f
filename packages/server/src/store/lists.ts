import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isValid } from './keyConditions.ts';

/** The lists of designations that each agency has of its own. */
export type List = 'statut' | 'origine' | 'type_contact' | 'type_action';

/** Every row of a list, by id. */
export async function designated(
  db: Kysely<Crm>,
  list: List,
): Promise<{ id: number; designation: string }[]> {
  return db.selectFrom(list).select(['id', 'designation']).orderBy('id').execute();
}

/** Every statut, by id. */
export const listStatuts = (db: Kysely<Crm>) => designated(db, 'statut');

/** Adds an entry to a list and gives its id; undefined when its name is taken. */
export async function insertDesignation(
  trx: Transaction<Crm>,
  list: List,
  designation: string,
): Promise<number | undefined> {
  const made = await sql<{ id: number }>`
    insert into ${sql.table(list)} (designation) values (${designation})
    on conflict (designation) do nothing returning id`.execute(trx);
  return made.rows[0]?.id;
}

/** Renames an entry and gives its name before; undefined when there is none of this id. */
export async function renameDesignation(
  trx: Transaction<Crm>,
  list: List,
  id: number,
  designation: string,
): Promise<string | undefined> {
  const before = await sql<{ designation: string }>`
    select own.designation from ${sql.table(list)} own where own.id = ${id}
    for no key update`.execute(trx);
  await sql`
    update ${sql.table(list)} own set designation = ${designation}
    where own.id = ${id}`.execute(trx);
  return before.rows[0]?.designation;
}

/**
 * Deletes an entry and gives its name; undefined when there is none of this id. Fails with
 * SQLSTATE 23503 while anything refers to it.
 */
export async function deleteDesignation(
  trx: Transaction<Crm>,
  list: List,
  id: number,
): Promise<string | undefined> {
  const gone = await sql<{ designation: string }>`
    delete from ${sql.table(list)} own where own.id = ${id} returning own.designation`.execute(trx);
  return gone.rows[0]?.designation;
}

/** An entry of a list with what refers to it. */
export interface DesignationSummary {
  readonly id: number;
  readonly designation: string;
  readonly keys: number;
  readonly sources: number;
  /** True when a valid key pulls from it. */
  readonly pulled_from: boolean;
}

/** Every entry of a list, by id, with the keys and sources that refer to it. */
export async function listDesignations(db: Kysely<Crm>, list: List): Promise<DesignationSummary[]> {
  const statut = list === 'statut';
  const keys = sql`select count(*) from api_key key
    where own.id in (key.id_statut_ready, key.id_statut_pulled)`;
  const pulledFrom = sql`exists (select from api_key key where key.id_statut_ready = own.id and ${isValid})`;
  const given = statut
    ? sql`own.id in (source.id_statut, source.id_statut_review)`
    : sql`own.id = ${sql.ref(`source.id_${list}`)}`;
  const found = await sql<DesignationSummary>`
    select own.id, own.designation,
      (${statut ? keys : sql`0::bigint`}) as keys,
      (select count(*) from source where ${given}) as sources,
      ${statut ? pulledFrom : sql`false`} as pulled_from
    from ${sql.table(list)} own order by own.id`.execute(db);
  return found.rows;
}
