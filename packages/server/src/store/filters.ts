import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isReady } from './keyConditions.ts';

interface FilterProgramme {
  readonly id: number;
  readonly nom: string;
  readonly ville: string | null;
  readonly region_id: number;
}

/** What lists can be filtered by. */
export interface FilterChoices {
  readonly regions: readonly { id: number; nom: string }[];
  readonly programmes: readonly FilterProgramme[];
  /** By id, the others by name; `ready`: a key pulls from it. */
  readonly statuts: readonly { id: number; designation: string; ready: boolean }[];
  readonly clients: readonly { id: number; nom: string }[];
  readonly sources: readonly { nom: string; channel: string }[];
  readonly origines: readonly { id: number; designation: string }[];
}

const listOf = (rows: ReturnType<typeof sql>) =>
  sql`(select coalesce(json_agg(own), '[]') from (${rows}) own)`;

/** All of it, in one statement: an agency has some hundreds of rows of these. */
export async function filterChoices(db: Kysely<Crm>): Promise<FilterChoices> {
  const found = await sql<FilterChoices>`
    select
      ${listOf(sql`select region.id, region.nom from region order by region.nom, region.id`)}
        as regions,
      ${listOf(sql`
        select programme.id, programme.nom, programme.ville, programme.id_region as region_id
        from programme
        order by programme.nom, programme.id`)} as programmes,
      ${listOf(sql`
        select statut.id, statut.designation, ${isReady(sql`statut.id`)} as ready from statut
        order by statut.id`)} as statuts,
      ${listOf(sql`select client.id, client.nom from client order by client.nom`)} as clients,
      ${listOf(sql`select source.nom, source.channel from source order by source.nom`)} as sources,
      ${listOf(sql`
        select origine.id, origine.designation from origine order by origine.designation`)}
        as origines`.execute(db);
  const [choices] = found.rows;
  if (!choices) throw new Error('a select without a table gave no row');
  return choices;
}
