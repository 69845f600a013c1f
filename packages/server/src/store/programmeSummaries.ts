import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isValid, seesRegion } from './keyConditions.ts';

/** A programme with what refers to it. */
export interface ProgrammeSummary {
  readonly id: number;
  readonly nom: string;
  readonly ville: string | null;
  readonly region_id: number;
  readonly region_nom: string;
  /** No more than the `most` asked for, and one. */
  readonly actions: number;
  readonly sources: number;
}

/**
 * Every programme, or those of some regions, by name. Actions are counted statut by statut from
 * action_queue_programme, no further than `most` in each.
 */
export async function listProgrammeSummaries(
  db: Kysely<Crm>,
  regions: readonly number[] | undefined,
  most: number,
): Promise<ProgrammeSummary[]> {
  const found = await sql<ProgrammeSummary>`
    select programme.id, programme.nom, programme.ville,
      region.id as region_id, region.nom as region_nom,
      (
        select least(coalesce(sum(counted.actions), 0), ${most + 1})::bigint
        from statut cross join lateral (
          select count(*) as actions from (
            select from action
            where action.id_statut = statut.id and action.id_programme = programme.id
            limit ${most + 1}
          ) head
        ) counted
      ) as actions,
      (
        select count(*) from source where source.id_programme = programme.id or exists (
          select from source_programme own
          where own.id_source = source.id and own.id_programme = programme.id)
      ) as sources
    from programme join region on region.id = programme.id_region
    where ${regions ?? null}::bigint[] is null
      or programme.id_region = any(${regions ?? null}::bigint[])
    order by programme.nom, programme.id`.execute(db);
  return found.rows;
}

export interface ClientName {
  readonly id: number;
  readonly nom: string;
}

/** What moving a programme from one region to another means. */
export interface Move {
  readonly actions: number;
  /** Those in a statut that a valid key pulls from. */
  readonly ready: number;
  /** Clients whose valid keys see the one region and not the other. */
  readonly losing: readonly ClientName[];
  readonly gaining: readonly ClientName[];
}

/** What moving a programme to a region would mean. Counts all its actions. */
export async function weighMove(
  db: Kysely<Crm>,
  programme: { id: number; id_region: number },
  region: number,
): Promise<Move> {
  const counted = await sql<{ actions: number; ready: number }>`
    select coalesce(sum(own.actions), 0)::bigint as actions,
      coalesce(sum(own.actions) filter (where own.ready), 0)::bigint as ready
    from (
      select exists (
          select from api_key key where key.id_statut_ready = statut.id and ${isValid}) as ready,
        (select count(*) from action
          where action.id_statut = statut.id and action.id_programme = ${programme.id}) as actions
      from statut
    ) own`.execute(db);
  const { actions = 0, ready = 0 } = counted.rows[0] ?? {};
  return {
    actions,
    ready,
    losing: await seeingOnly(db, programme.id_region, region),
    gaining: await seeingOnly(db, region, programme.id_region),
  };
}

/** Clients whose valid keys see a region, and not another. */
async function seeingOnly(db: Kysely<Crm>, region: number, other: number): Promise<ClientName[]> {
  const sees = (id: number) => sql`
    exists (select from api_key key
      where key.id_client = client.id and ${isValid} and ${seesRegion(sql`${id}`)})`;
  const found = await sql<ClientName>`
    select client.id, client.nom from client
    where ${sees(region)} and not ${sees(other)} order by client.nom, client.id`.execute(db);
  return found.rows;
}
