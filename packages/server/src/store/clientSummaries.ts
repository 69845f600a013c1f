import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isValid, seesRegion } from './keyConditions.ts';
import { beginOfLast } from './lastDays.ts';

/** A client as lists show it. */
export interface ClientSummary {
  readonly id: number;
  readonly nom: string;
  readonly created_at: Date;
  readonly valid_keys: number;
  readonly last_pulled_at: Date | null;
  /** Of the last 30 days, as Today has them. */
  readonly pulls: number;
  readonly contacts: number;
  /** Contacts that its valid keys could pull now; no more than the `most` asked for, and one. */
  readonly ready: number;
}

/**
 * Every client, by name. What is ready is counted once for each statut and region that some valid
 * key pulls from, no further than `most`, from action_queue_region; pulls of 30 days from
 * pull_pulled.
 */
export async function listClientSummaries(db: Kysely<Crm>, most: number): Promise<ClientSummary[]> {
  const found = await sql<ClientSummary>`
    with lane as materialized (
      select distinct key.id_client, key.id_statut_ready as id_statut, region.id as id_region
      from api_key key join region on ${seesRegion(sql`region.id`)} where ${isValid}
    ),
    waiting as materialized (
      select own.id_statut, own.id_region, counted.actions
      from (select distinct lane.id_statut, lane.id_region from lane) own
      cross join lateral (
        select count(*) as actions from (
          select from action
          where action.id_statut = own.id_statut and action.id_region = own.id_region
          limit ${most + 1}
        ) head
      ) counted
    ),
    ready as (
      select lane.id_client, least(sum(waiting.actions), ${most + 1})::bigint as actions
      from lane join waiting using (id_statut, id_region) group by lane.id_client
    ),
    recent as (
      select pull.id_client, count(*) as pulls, sum(pull.contacts)::bigint as contacts from pull
      where pull.pulled_at >= ${beginOfLast(30)} group by pull.id_client
    )
    select client.id, client.nom, client.created_at, client.last_pulled_at,
      (select count(*) from api_key key where key.id_client = client.id and ${isValid})
        as valid_keys,
      coalesce(recent.pulls, 0) as pulls, coalesce(recent.contacts, 0) as contacts,
      coalesce(ready.actions, 0) as ready
    from client
    left join ready on ready.id_client = client.id
    left join recent on recent.id_client = client.id
    order by client.nom, client.id`.execute(db);
  return found.rows;
}
