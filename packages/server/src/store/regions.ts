import type { Kysely } from 'kysely';
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
