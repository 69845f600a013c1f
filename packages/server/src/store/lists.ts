import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

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
