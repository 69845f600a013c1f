import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../db/crm.generated.ts';
import { isReady, isValid, seesRegion } from '../keyConditions.ts';

/** What is ready in one statut and region. */
export interface ReadyLane {
  readonly id_statut: number;
  readonly id_region: number;
  readonly region_nom: string;
  readonly ready: number;
  readonly oldest_ready_at: Date;
}

/**
 * What stands ready, for each statut that a key pulls from and each region; none that is empty.
 * Counted to the end, from action_queue_region alone: a million ready contacts take some tenths of
 * a second, and no agency lets as many wait.
 */
export async function readyLanes(db: Kysely<Crm>): Promise<ReadyLane[]> {
  const found = await sql<ReadyLane>`
    select own.id_statut, own.id_region, region.nom as region_nom, own.ready, own.oldest_ready_at
    from (
      select action.id_statut, action.id_region, count(*) as ready,
        min(action.ready_at) as oldest_ready_at
      from action
      where ${isReady(sql`action.id_statut`)}
      group by action.id_statut, action.id_region
    ) own
    join region on region.id = own.id_region
    order by own.ready desc, own.id_region`.execute(db);
  return found.rows;
}

/** A client that could pull and does not. */
export interface SilentClient {
  readonly client_id: number;
  readonly client_nom: string;
  readonly ready: number;
  readonly oldest_ready_at: Date;
  readonly last_pulled_at: Date | null;
  readonly last_used_at: Date | null;
}

/**
 * Clients that have pulled nothing for 24 hours while contacts were ready for a valid key of
 * theirs, the oldest contact first. One that never pulled is silent 24 hours after its first key.
 */
export async function silentClients(
  db: Kysely<Crm>,
  lanes: readonly ReadyLane[],
): Promise<SilentClient[]> {
  const found = await sql<SilentClient>`
    select client.id as client_id, client.nom as client_nom, own.ready, own.oldest_ready_at,
      client.last_pulled_at,
      (
        select max(use.last_used_at) from key_use use
        join api_key key on key.id = use.id_key where key.id_client = client.id
      ) as last_used_at
    from client
    cross join lateral (
      select sum(lane.ready)::bigint as ready, min(lane.oldest_ready_at) as oldest_ready_at
      from jsonb_to_recordset(${JSON.stringify(lanes)}::jsonb) as lane
        (id_statut bigint, id_region bigint, ready bigint, oldest_ready_at timestamptz)
      where exists (
        select from api_key key
        where key.id_client = client.id and key.id_statut_ready = lane.id_statut
          and ${isValid} and ${seesRegion(sql`lane.id_region`)}
      )
    ) own
    where own.ready > 0
      and now() - interval '24 hours' > coalesce(client.last_pulled_at,
        (select min(key.created_at) from api_key key where key.id_client = client.id))
    order by own.oldest_ready_at, client.id`.execute(db);
  return found.rows;
}
