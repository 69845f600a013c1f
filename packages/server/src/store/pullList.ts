import { type Contact, type ListedPull, MOST_COUNTED } from '@relais/contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { allOf } from './conditions.ts';
import { isUncertain } from './pulls.ts';

/** A pull as the console shows it, but for the name of an operator who released it. */
export type PullRow = Omit<
  ListedPull,
  'released_by_nom' | 'pulled_at' | 'answer_written_at' | 'released_at'
> & {
  readonly pulled_at: Date;
  readonly answer_written_at: Date | null;
  readonly released_at: Date | null;
};

export interface PullFilter {
  readonly clients?: readonly number[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly state?: ListedPull['state'] | undefined;
  /** Of pulled_at, half-open. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const states: Record<ListedPull['state'], RawBuilder<unknown>> = {
  released: sql`pull.released_at is not null`,
  uncertain: isUncertain,
  written: sql`pull.released_at is null and not ${isUncertain}`,
};

const pulls = sql`
  select pull.id as pull_id, pull.id_client as client_id, client.nom as client_nom,
    pull.id_key as key_id, pull.seq, pull.pulled_at, pull.contacts,
    case when pull.released_at is not null then 'released'
      when ${isUncertain} then 'uncertain' else 'written' end as state,
    pull.answer_written_at, pull.idempotency_key is not null as idempotent,
    ready.designation as statut_ready, pulled.designation as statut_pulled,
    pull.released_at, pull.released,
    coalesce(pull.released_by_operator, 'key:' || pull.released_by) as released_by,
    pull.release_reason
  from pull
  join client on client.id = pull.id_client
  join statut ready on ready.id = pull.id_statut_ready
  join statut pulled on pulled.id = pull.id_statut_pulled`;

const conditions = ({ clients, keys, state, from, to }: PullFilter) =>
  allOf([
    clients && sql`pull.id_client = any(${clients}::bigint[])`,
    keys && sql`pull.id_key = any(${keys}::text[])`,
    state && states[state],
    from && sql`pull.pulled_at >= ${from}::timestamptz`,
    to && sql`pull.pulled_at < ${to}::timestamptz`,
  ]);

/**
 * The pulls that a filter finds, newest first, at most `most` of them, from after the pull `after`
 * on. Walks pull_pulled backwards.
 */
export async function listPulls(
  db: Kysely<Crm>,
  filter: PullFilter,
  most: number,
  after: string | undefined,
): Promise<PullRow[]> {
  const place = after
    ? sql`(pull.pulled_at, pull.id) < (
        select last.pulled_at, last.id from pull last where last.id = ${after}::uuid)`
    : sql`true`;
  const found = await sql<PullRow>`
    ${pulls} where ${conditions(filter)} and ${place}
    order by pull.pulled_at desc, pull.id desc limit ${most}`.execute(db);
  return found.rows;
}

/** How many pulls a filter finds; no more than MOST_COUNTED, and one. */
export async function countPulls(db: Kysely<Crm>, filter: PullFilter): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*) as count from (
      select from pull where ${conditions(filter)} limit ${MOST_COUNTED + 1}
    ) head`.execute(db);
  return counted.rows[0]?.count ?? 0;
}

/** The pull of this id, whoever's, and how many of its contacts a release would put back. */
export async function findAnyPull(
  db: Kysely<Crm>,
  id: string,
): Promise<{ pull: PullRow; releasable: number } | undefined> {
  const found = await sql<PullRow>`${pulls} where pull.id = ${id}`.execute(db);
  const [pull] = found.rows;
  if (!pull) return undefined;
  const held = await sql<{ count: number }>`
    select count(*) as count from pull
    join action on action.id_pull = pull.id and action.id_statut = pull.id_statut_pulled
    where pull.id = ${id} and pull.released_at is null`.execute(db);
  return { pull, releasable: held.rows[0]?.count ?? 0 };
}

/** One contact of a pull, and where it stands now. */
export interface DeliveredItem {
  readonly position: number;
  readonly action_id: number;
  readonly prospect_id: number;
  /** As it was delivered; null once its person was erased. */
  readonly contact: Contact | null;
  /** null once its person was erased. */
  readonly statut_designation: string | null;
  readonly held: boolean;
}

/** The contacts of a pull in the order and as they were delivered. */
export async function deliveredItems(db: Kysely<Crm>, pull: string): Promise<DeliveredItem[]> {
  const found = await sql<DeliveredItem>`
    select item.position, item.id_action as action_id, action.id_prospect as prospect_id,
      item.contact, statut.designation as statut_designation,
      coalesce(action.id_pull = item.id_pull, false) as held
    from pull_item item
    join action on action.id = item.id_action
    left join statut on statut.id = action.id_statut
    where item.id_pull = ${pull}
    order by item.position`.execute(db);
  return found.rows;
}
