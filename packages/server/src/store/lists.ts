import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** Every statut, by id. */
export async function listStatuts(db: Kysely<Crm>): Promise<{ id: number; designation: string }[]> {
  return db
    .selectFrom('statut')
    .select(['statut.id', 'statut.designation'])
    .orderBy('statut.id')
    .execute();
}
