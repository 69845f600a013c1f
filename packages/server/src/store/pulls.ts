import { limits } from '@relais/contract';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { prepared } from '../db/pool.ts';
import type { Scope } from '../keys/scope.ts';
import { takeTurn } from './clients.ts';
import { contactsOf } from './contacts.ts';
import { type Position, positionTime, queue, queueLength } from './queue.ts';

export interface Pull {
  readonly id: string;
  readonly seq: number;
  readonly pulled_at: Date;
  /** How many contacts it handed out. */
  readonly contacts: number;
  readonly request: string;
  readonly id_statut_ready: number;
  readonly id_statut_pulled: number;
  readonly answer_written_at: Date | null;
  readonly released_at: Date | null;
  readonly released: number | null;
}

/** The columns of a Pull. */
export const pullColumns = sql`
  pull.id, pull.seq, pull.pulled_at, pull.contacts, pull.request, pull.id_statut_ready,
  pull.id_statut_pulled, pull.answer_written_at, pull.released_at, pull.released`;

/** Whether a pull may not have arrived. One that handed out nothing has nothing to lose. */
export const isUncertain: RawBuilder<boolean> = sql`(
  pull.answer_written_at is null and pull.released_at is null and pull.contacts > 0)`;

/**
 * Waits until no other transaction of this client is working under the same idempotency key, and
 * keeps others waiting until this one ends. Fails with SQLSTATE 55P03 after the lock timeout.
 */
export async function lockIdempotencyKey(
  trx: Transaction<Crm>,
  client: number,
  idempotencyKey: string,
): Promise<void> {
  await sql`${prepared}
    select pg_advisory_xact_lock(
      hashtextextended(${`pull ${client} ${idempotencyKey}`}, 0))`.execute(trx);
}

/**
 * The pull that this client made under an idempotency key that can still be repeated. An older one
 * gives up its key, so that it can name a new pull. The caller holds the client's lock.
 */
export async function findByIdempotencyKey(
  trx: Transaction<Crm>,
  client: number,
  idempotencyKey: string,
): Promise<Pull | undefined> {
  const found = await sql<Pull & { old: boolean }>`${prepared}
    select ${pullColumns},
      pull.pulled_at < clock_timestamp()
        - make_interval(hours => ${limits.idempotencyHours}) as old
    from pull
    where pull.id_client = ${client} and pull.idempotency_key = ${idempotencyKey}`.execute(trx);
  const [pull] = found.rows;
  if (!pull?.old) return pull;
  await sql`update pull set idempotency_key = null where pull.id = ${pull.id}`.execute(trx);
  return undefined;
}

/** A pull of this client, or undefined: another client's is not told from none. */
export async function findPull(
  db: Kysely<Crm>,
  client: number,
  id: string,
): Promise<Pull | undefined> {
  const found = await sql<Pull>`
    select ${pullColumns} from pull
    where pull.id = ${id} and pull.id_client = ${client}`.execute(db);
  return found.rows[0];
}

/**
 * Locks up to `limit` ready actions of the scope until the transaction ends, those ready longest
 * first, passing over what another transaction holds. Gives their ids, in no order.
 *
 * The candidates are found without locks, in a materialised CTE, and then locked by id. Written the
 * obvious way, `update … where id in (select … limit 200 for update skip locked)`, the planner may
 * run the subquery once per row and mark the whole queue: it does when statistics were taken while
 * the queue was empty. What became unready in between is found out by the lock, which reads the row
 * again. Where others hold some of the candidates, the search goes on behind them. Which of them
 * were locked is asked with `in` and not by a join, which is planned for one row and run for 200.
 */
export async function pick(
  trx: Transaction<Crm>,
  scope: Scope,
  statut: number,
  limit: number,
): Promise<number[]> {
  const picked: number[] = [];
  let after: Position | undefined;
  while (picked.length < limit) {
    const missing = limit - picked.length;
    const round = await sql<{ id: number; at: string; locked: boolean }>`${prepared}
      with head as materialized (${queue(scope, statut, after, missing)}),
      locked as materialized (
        select action.id from action
        where action.id = any(array(select head.id from head))
          and action.id_statut = ${statut}
          and action.id_region = any(${scope.regions}::bigint[])
        for no key update of action skip locked
      )
      select head.id, ${positionTime(sql`head.ready_at`)} as at,
        head.id in (select locked.id from locked) as locked
      from head
      order by head.ready_at, head.id`.execute(trx);
    picked.push(...round.rows.filter((row) => row.locked).map((row) => row.id));
    after = round.rows.at(-1);
    if (round.rows.length < missing) break;
  }
  return picked;
}

export interface NewPull {
  readonly id: string;
  readonly client: number;
  readonly key: string;
  /** When it was made, for a pull of the past; otherwise it is now, and after the client's last. */
  readonly at?: Date;
  readonly request: string;
  readonly idempotencyKey: string | undefined;
  readonly id_statut_ready: number;
  readonly id_statut_pulled: number;
}

/** The most that a pull may pick. */
const MOST_PICKED = 200;

/** A pull that was made. */
export interface Recorded {
  /** Its number among the pulls of its client. */
  readonly seq: number;
  readonly contacts: number;
  /** The contacts as a JSON array, oldest ready first: its text is what is delivered. */
  readonly body: string;
  /** How many actions are ready in the scope after it; counts no further than asked. */
  readonly remaining: number;
}

/**
 * Gives the client its turn, marks picked actions as pulled, writes the pull with its items and
 * counts what is left, in one statement: each item keeps the contact as it is delivered. Exactly
 * the picked actions are marked, or it fails.
 */
export async function recordPull(
  trx: Transaction<Crm>,
  pull: NewPull,
  picked: readonly number[],
  left: { scope: Scope; most: number },
): Promise<Recorded> {
  const pulledAt = pull.at ? sql`${pull.at}::timestamptz` : sql`(select turn.pulled_at from turn)`;
  // The statement sees the queue as it was before it: what it takes is counted, and taken off. The
  // same for all pulls, so that it is one statement.
  const ready = queueLength(left.scope, pull.id_statut_ready, left.most + MOST_PICKED);
  const recorded = await sql<{
    seq: number;
    items: number;
    body: string;
    ready: number;
  }>`${prepared}
    with turn as (${takeTurn(pull.client)}),
    marked as (
      update action set
        id_statut = ${pull.id_statut_pulled},
        pulled_at = ${pulledAt},
        id_client = ${pull.client},
        id_pull = ${pull.id},
        version = action.version + 1
      where action.id = any(${picked}::bigint[]) and action.id_statut = ${pull.id_statut_ready}
      returning action.*
    ),
    batch as (
      insert into pull (id, id_client, id_key, seq, pulled_at, contacts, request, idempotency_key,
        id_statut_ready, id_statut_pulled)
      select ${pull.id}, ${pull.client}, ${pull.key}, turn.seq, ${pulledAt},
        ${picked.length}, ${pull.request}, ${pull.idempotencyKey ?? null},
        ${pull.id_statut_ready}, ${pull.id_statut_pulled}
      from turn
    ),
    item as (
      insert into pull_item (id_pull, position, id_action, contact)
      select ${pull.id}::uuid, row_number() over (order by own.ready_at, own.id), own.id, own.contact
      from (${contactsOf(sql`(select * from marked)`)}) own
      returning pull_item.position, pull_item.contact
    )
    select turn.seq,
      (select count(*) from item) as items,
      '[' || coalesce(
        (select string_agg(item.contact::text, ',' order by item.position) from item), ''
      ) || ']' as body,
      (select count(*) from (${ready}) head) as ready
    from turn`.execute(trx);
  const [row] = recorded.rows;
  if (row?.items !== picked.length) {
    throw new Error(`picked ${picked.length} actions, marked ${row?.items}`);
  }
  const { seq, items, body } = row;
  const remaining = Math.max(0, Math.min(left.most, row.ready - picked.length));
  return { seq, contacts: items, body, remaining };
}

/** What a pull handed out, as far as it may be read now. */
export interface Items {
  /** Their JSON texts, in order. */
  readonly contacts: string[];
  /** How many are left out: of erased persons, and those of other regions. */
  readonly withheld: number;
  /** How many of these there still are, in other regions. */
  readonly elsewhere: number;
}

/**
 * The contacts of a pull as they were delivered, less those whose region is not, or no longer,
 * among `regions` and those of erased persons.
 */
export async function readItems(
  db: Kysely<Crm>,
  id: string,
  regions: readonly number[],
): Promise<Items> {
  const found = await sql<{ contact: string | null; elsewhere: boolean }>`
    select case when own.visible then item.contact::text end as contact,
      item.contact is not null and not own.visible as elsewhere
    from pull_item item join action on action.id = item.id_action
    cross join lateral (select action.id_region = any(${regions}::bigint[]) as visible) own
    where item.id_pull = ${id}
    order by item.position`.execute(db);
  const contacts = found.rows.flatMap((row) => row.contact ?? []);
  return {
    contacts,
    withheld: found.rows.length - contacts.length,
    elsewhere: found.rows.filter((row) => row.elsewhere).length,
  };
}

/** How many actions are ready in the scope; counts no further than `most`. */
export async function countReady(
  db: Kysely<Crm>,
  scope: Scope,
  statut: number,
  most: number,
): Promise<number> {
  const counted = await sql<{ ready: number }>`${prepared}
    select count(*) as ready from (${queueLength(scope, statut, most)}) head`.execute(db);
  return counted.rows[0]?.ready ?? 0;
}

/** True when an action stands in this statut, whatever its region. */
export async function holdsContacts(db: Kysely<Crm>, statut: number): Promise<boolean> {
  const found = await sql`
    select from action where action.id_statut = ${statut} limit 1`.execute(db);
  return found.rows.length > 0;
}

/** The client's latest pulls, of those it can look back on, whose answer is not known to have been written. */
export async function listUncertain(
  db: Kysely<Crm>,
  client: number,
): Promise<{ id: string; pulled_at: Date }[]> {
  const found = await sql<{ id: string; pulled_at: Date }>`${prepared}
    select pull.id, pull.pulled_at from pull
    where pull.id_client = ${client} and ${isUncertain}
      and pull.pulled_at >= now() - make_interval(hours => ${limits.pulledHours})
    order by pull.pulled_at desc, pull.seq desc limit 20`.execute(db);
  return found.rows;
}

/** Notes that answers with these pulls were written whole to their sockets. */
export async function markWritten(db: Kysely<Crm>, ids: readonly string[]): Promise<void> {
  // In one order: two processes that note the same pulls never wait for each other in a circle.
  await sql`
    with locked as materialized (
      select pull.id from pull where pull.id = any(${ids}::uuid[])
      order by pull.id for no key update of pull
    )
    update pull set answer_written_at = clock_timestamp()
    from locked where pull.id = locked.id`.execute(db);
}
