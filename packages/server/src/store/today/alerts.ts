import type { IntakeReason } from '@relais/contract';
import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../db/crm.generated.ts';
import { isValid } from '../keyConditions.ts';
import { beginOfLast } from '../lastDays.ts';
import { isUncertain } from '../pulls.ts';

/** How many leads wait in quarantine, and since when. Read by lead_quarantine. */
export async function countQuarantine(
  db: Kysely<Crm>,
): Promise<{ total: number; oldest_received_at: Date | null }> {
  const found = await sql<{ total: number; oldest_received_at: Date | null }>`
    select count(*) as total, min(lead.received_at) as oldest_received_at
    from lead where lead.outcome = 'quarantined'`.execute(db);
  return found.rows[0] ?? { total: 0, oldest_received_at: null };
}

/** How many leads wait for each of these reasons; a lead may wait for several. */
export async function countReasons(
  db: Kysely<Crm>,
  codes: readonly IntakeReason[],
): Promise<{ code: IntakeReason; leads: number }[]> {
  const found = await sql<{ code: IntakeReason; leads: number }>`
    select reason.code, count(*) as leads
    from lead
    cross join lateral jsonb_to_recordset(lead.reasons) as reason (code text)
    where lead.outcome = 'quarantined' and reason.code = any(${codes}::text[])
    group by reason.code order by leads desc, reason.code`.execute(db);
  return found.rows;
}

export interface UncertainPull {
  readonly pull_id: string;
  readonly client_id: number;
  readonly client_nom: string;
  readonly seq: number;
  readonly pulled_at: Date;
  readonly contacts: number;
}

/** Whether a pull is of the last 7 days of Paris, and its answer may not have arrived. */
export const isLatelyUncertain = sql`pull.pulled_at >= ${beginOfLast(7)} and ${isUncertain}`;

/** Pulls of the last 7 days of Paris whose answer may not have arrived: how many, and the latest of them. */
export async function uncertainPulls(
  db: Kysely<Crm>,
  most: number,
): Promise<{ total: number; items: UncertainPull[] }> {
  const found = await sql<UncertainPull & { total: number }>`
    select pull.id as pull_id, pull.id_client as client_id, client.nom as client_nom, pull.seq,
      pull.pulled_at, pull.contacts, count(*) over () as total
    from pull join client on client.id = pull.id_client
    where ${isLatelyUncertain}
    order by pull.pulled_at desc, pull.id desc limit ${most}`.execute(db);
  const items = found.rows.map(({ total, ...pull }) => pull);
  return { total: found.rows[0]?.total ?? 0, items };
}

export interface WatchedKey {
  readonly key_id: string;
  readonly client_id: number;
  readonly client_nom: string;
  readonly expires_at: Date | null;
  readonly exposed_at: Date | null;
}

/**
 * Valid keys that expire within 14 days or were exposed, those that end first; not those that have a
 * successor which goes on.
 */
export async function watchedKeys(db: Kysely<Crm>): Promise<WatchedKey[]> {
  const found = await sql<WatchedKey>`
    select key.id as key_id, key.id_client as client_id, client.nom as client_nom, key.expires_at,
      key.exposed_at
    from api_key key join client on client.id = key.id_client
    where ${isValid}
      and (key.exposed_at is not null or key.expires_at <= now() + interval '14 days')
      and not exists (
        select from api_key next
        where next.rotated_from = key.id and next.revoked_at is null
          and (next.expires_at is null or next.expires_at > key.expires_at))
    order by key.expires_at nulls last, key.id`.execute(db);
  return found.rows;
}

export interface SilentSource {
  readonly source: string;
  readonly last_lead_at: Date;
  readonly usual_gap_seconds: number;
}

/**
 * Sources that are silent: the last lead is older than three times the usual gap, and than a day,
 * since people sleep. The usual gap is the mean time between the source's last 100 leads; fewer
 * than five tell of no habit. Files are brought when there is one, and a paused source is meant to
 * be silent: neither is told. Read by lead_received, a hundred entries of each source.
 */
export async function silentSources(db: Kysely<Crm>): Promise<SilentSource[]> {
  const found = await sql<SilentSource>`
    select source.nom as source, own.last_lead_at,
      extract(epoch from own.gap)::bigint as usual_gap_seconds
    from source
    cross join lateral (
      select max(last.received_at) as last_lead_at, count(*) as leads,
        (max(last.received_at) - min(last.received_at)) / nullif(count(*) - 1, 0) as gap
      from (
        select lead.received_at from lead where lead.id_source = source.id
        order by lead.received_at desc limit 100
      ) last
    ) own
    where source.channel <> 'file' and source.paused_at is null and own.leads >= 5
      and now() - own.last_lead_at > greatest(3 * own.gap, interval '24 hours')
    order by own.last_lead_at, source.nom`.execute(db);
  return found.rows;
}

/** Sources that can not read their leads, and why; one problem of each. */
export async function sourceProblems(
  db: Kysely<Crm>,
): Promise<{ source: string; problem: string }[]> {
  const found = await sql<{ source: string; problem: string }>`
    select distinct on (source.nom) source.nom as source, own.problem
    from source join (
      select meta_form.id_source, meta_form.problem, 1 as rank from meta_form
      union all
      select meta_notice.id_source, meta_notice.problem, 2 from meta_notice
    ) own on own.id_source = source.id
    where own.problem is not null
    order by source.nom, own.rank`.execute(db);
  return found.rows;
}
