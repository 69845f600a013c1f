import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** The regions with these ids, by id. */
export async function listRegions(
  db: Kysely<Crm>,
  ids: readonly number[],
): Promise<{ id: number; nom: string }[]> {
  return db
    .selectFrom('region')
    .select(['region.id', 'region.nom'])
    .where('region.id', 'in', ids.length ? ids : [0])
    .orderBy('region.id')
    .execute();
}

/** Adds a region and gives its id. The names of regions that were loaded need not be unique. */
export async function insertRegion(trx: Transaction<Crm>, nom: string): Promise<number> {
  const made = await trx
    .insertInto('region')
    .values({ nom })
    .returning('region.id')
    .executeTakeFirstOrThrow();
  return made.id;
}

/** Renames a region and gives its name before; undefined when there is none of this id. */
export async function renameRegion(
  trx: Transaction<Crm>,
  id: number,
  nom: string,
): Promise<string | undefined> {
  const before = await trx
    .selectFrom('region')
    .select('region.nom')
    .where('region.id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  await trx.updateTable('region').set({ nom }).where('region.id', '=', id).execute();
  return before?.nom;
}

/**
 * Deletes a region and gives its name; undefined when there is none of this id. Fails with SQLSTATE
 * 23503 while a programme lies in it or a key names it. A revoked key, which is never used or changed
 * again, loses it: in which regions it was made and changed, the audit tells.
 */
export async function deleteRegion(trx: Transaction<Crm>, id: number): Promise<string | undefined> {
  await sql`
    delete from key_region own using api_key key
    where own.id_region = ${id} and key.id = own.id_key and key.revoked_at is not null`.execute(
    trx,
  );
  const gone = await trx
    .deleteFrom('region')
    .where('region.id', '=', id)
    .returning('region.nom')
    .executeTakeFirst();
  return gone?.nom;
}

/** A region with what refers to it. */
export interface RegionSummary {
  readonly id: number;
  readonly nom: string;
  readonly programmes: number;
  /** Those that name it: a key of all regions does not, nor does one that was revoked count. */
  readonly keys: number;
}

/** Every region, by name. */
export async function listRegionSummaries(db: Kysely<Crm>): Promise<RegionSummary[]> {
  const found = await sql<RegionSummary>`
    select region.id, region.nom,
      (select count(*) from programme where programme.id_region = region.id) as programmes,
      (select count(*) from key_region own join api_key key on key.id = own.id_key
        where own.id_region = region.id and key.revoked_at is null) as keys
    from region order by region.nom, region.id`.execute(db);
  return found.rows;
}
