import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isReady, isValid, seesRegion } from './keyConditions.ts';
import { isLatelyUncertain } from './today/alerts.ts';
import type { ReadyLane } from './today/ready.ts';

/** From here on what stands ready in one statut and region is "many". */
export const MOST_READY = 100_000;
/** How many of a client's latest pulls are looked through for the last one of a key. */
const PULLS_BACK = 1000;
const MOST_KEYS = 1000;

/** A lane with the name of its statut, and how long its oldest contact has been ready, seconds. */
export interface WatchedLane extends ReadyLane {
  readonly statut: string;
  readonly oldest_seconds: number;
  /** A valid key pulls from it. */
  readonly reached: boolean;
}

/**
 * Whether a key pulled from a statut until it was mapped to another: nobody pulls what waits there.
 * What stands in one that keys set does not wait: the two were taken for each other once.
 */
const wasReady = (statut: RawBuilder<unknown>): RawBuilder<boolean> => sql`
  ${statut} in (
    select (audit.detail -> 'before' ->> 'id_statut_ready')::bigint
    from api_key key join audit on audit.target = 'key:' || key.id
    where audit.act = 'key.update'
    except select key.id_statut_pulled from api_key key)`;

/**
 * What stands ready, for each statut that a key pulls from, or did, and each region; none that is
 * empty. Each lane is counted up to `MOST_READY` and read from action_queue_region alone, so that
 * asking every few seconds costs little however long the queue is.
 */
export async function watchedLanes(db: Kysely<Crm>): Promise<WatchedLane[]> {
  const found = await sql<WatchedLane>`
    select statut.id as id_statut, statut.designation as statut, region.id as id_region,
      region.nom as region_nom, own.ready, own.oldest_ready_at,
      extract(epoch from clock_timestamp() - own.oldest_ready_at)::float8 as oldest_seconds,
      exists (
        select from api_key key
        where key.id_statut_ready = statut.id and ${isValid} and ${seesRegion(sql`region.id`)}
      ) as reached
    from statut
    cross join region
    cross join lateral (
      select count(*) as ready, min(next.ready_at) as oldest_ready_at
      from (
        select action.ready_at from action
        where action.id_statut = statut.id and action.id_region = region.id
        order by action.ready_at, action.id limit ${MOST_READY}
      ) next
    ) own
    where (${isReady(sql`statut.id`)} or ${wasReady(sql`statut.id`)}) and own.ready > 0
    order by statut.id, region.id`.execute(db);
  return found.rows;
}

export interface WatchedPull {
  readonly key_id: string;
  readonly client_id: number;
  /** Since its last recorded pull; since the key was made when there is none. */
  readonly seconds: number;
}

/**
 * How long ago each valid key last pulled, the newest keys first. The pull is looked for among the
 * latest of its client.
 */
export async function lastPulls(db: Kysely<Crm>): Promise<WatchedPull[]> {
  const found = await sql<WatchedPull>`
    select key.id as key_id, key.id_client as client_id,
      extract(epoch from clock_timestamp() - coalesce(last.pulled_at, key.created_at))::float8
        as seconds
    from api_key key
    left join lateral (
      select own.pulled_at
      from (
        select pull.id_key, pull.pulled_at from pull
        where pull.id_client = key.id_client
        order by pull.seq desc limit ${PULLS_BACK}
      ) own
      where own.id_key = key.id limit 1
    ) last on true
    where ${isValid}
    order by key.created_at desc, key.id limit ${MOST_KEYS}`.execute(db);
  return found.rows;
}

/** How many jobs are in each state; `overdue` are those of them that nobody works on. */
export interface WatchedJobs {
  readonly queued: number;
  readonly running: number;
  readonly overdue: number;
  /** In the last 24 hours. */
  readonly failed: number;
}

/**
 * Counts jobs. One is overdue when it has waited for ten minutes, or its lease ran out a minute ago
 * and no process has taken it up. Read by job_live and job_finished.
 */
export async function watchedJobs(db: Kysely<Crm>): Promise<WatchedJobs> {
  const found = await sql<WatchedJobs>`
    select live.queued, live.running, live.overdue, ended.failed
    from (
      select count(*) filter (where job.state = 'queued') as queued,
        count(*) filter (where job.state = 'running') as running,
        count(*) filter (where
          (job.state = 'queued' and job.created_at < now() - interval '10 minutes')
          or job.lease_until < now() - interval '1 minute') as overdue
      from job where job.state in ('queued', 'running')
    ) live
    cross join (
      select count(*) as failed from job
      where job.finished_at > now() - interval '24 hours' and job.state = 'failed'
    ) ended`.execute(db);
  return found.rows[0] ?? { queued: 0, running: 0, overdue: 0, failed: 0 };
}

/** How many pulls of the last 7 days may not have arrived; as `uncertainPulls` has it. */
export async function countUncertain(db: Kysely<Crm>): Promise<number> {
  const found = await sql<{ total: number }>`
    select count(*) as total from pull where ${isLatelyUncertain}`.execute(db);
  return found.rows[0]?.total ?? 0;
}

/** Leads of the last hour, by every door, by what has become of them. Read by lead_received. */
export async function leadsLastHour(
  db: Kysely<Crm>,
): Promise<{ outcome: string; leads: number }[]> {
  const found = await sql<{ outcome: string; leads: number }>`
    select own.outcome, sum(own.leads)::bigint as leads
    from source
    cross join lateral (
      select lead.outcome, count(*) as leads from lead
      where lead.id_source = source.id and lead.received_at > now() - interval '1 hour'
      group by lead.outcome
    ) own
    group by own.outcome`.execute(db);
  return found.rows;
}

/** Lets the statements of a transaction take so long at the most, milliseconds. */
export async function limitStatements(db: Kysely<Crm>, milliseconds: number): Promise<void> {
  await sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`.execute(db);
}
