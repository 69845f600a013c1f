import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** The programmes of these regions, by id. */
export async function listProgrammes(
  db: Kysely<Crm>,
  regions: readonly number[],
): Promise<{ id: number; idRegion: number; nom: string }[]> {
  const found = await sql<{ id: number; idRegion: number; nom: string }>`
    select programme.id, programme.id_region as "idRegion", programme.nom
    from programme where programme.id_region = any(${regions}::bigint[])
    order by programme.id`.execute(db);
  return found.rows;
}

/** Which of these programmes lie in these regions. */
export async function findProgrammes(
  db: Kysely<Crm>,
  ids: readonly number[],
  regions: readonly number[],
): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select programme.id from programme
    where programme.id = any(${ids}::bigint[])
      and programme.id_region = any(${regions}::bigint[])`.execute(db);
  return found.rows.map((row) => row.id);
}
