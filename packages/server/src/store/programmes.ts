import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { prepared, unseen } from '../db/pool.ts';
import { parseId } from '../text/parseId.ts';

/** The programmes of these regions, by id. */
export async function listProgrammes(
  db: Kysely<Crm>,
  regions: readonly number[],
): Promise<{ id: number; idRegion: number; nom: string }[]> {
  const found = await sql<{ id: number; idRegion: number; nom: string }>`${prepared}
    select programme.id, programme.id_region as "idRegion", programme.nom
    from programme
    where programme.id_region = any(${unseen(sql`${regions}::bigint[]`)}::bigint[])
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

export async function programmeExists(db: Kysely<Crm>, id: number): Promise<boolean> {
  const found = await sql`select from programme where programme.id = ${id}`.execute(db);
  return found.rows.length > 0;
}

/** The programmes that a text names: by id, or by name in whatever letter case; the first few. */
export async function namedProgrammes(
  db: Kysely<Crm>,
  text: string,
): Promise<{ id: number; nom: string }[]> {
  const id = parseId(text) ?? null;
  const found = await sql<{ id: number; nom: string }>`
    select programme.id, programme.nom from programme
    where programme.id = ${id}::bigint or lower(programme.nom) = lower(${text})
    order by programme.id limit 5`.execute(db);
  return found.rows;
}

/** Every programme, by id: an agency has some hundreds. */
export async function allProgrammes(db: Kysely<Crm>): Promise<{ id: number; nom: string }[]> {
  return db
    .selectFrom('programme')
    .select(['programme.id', 'programme.nom'])
    .orderBy('programme.id')
    .execute();
}
