import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { locks } from '../db/locks.ts';
import { HOME } from '../db/place.ts';

/** Pulls wait: since when, and why. */
export interface Hold {
  readonly since: Date;
  /** `restored`, `loaded` (a dump), `moved` (away from here), or what somebody has given. */
  readonly reason: string;
}

/** The hold, or undefined when pulls are answered. */
export async function findHold(db: Kysely<Crm>): Promise<Hold | undefined> {
  const found = await sql<Hold>`
    select hold.since, hold.reason from hold where hold.since is not null`.execute(db);
  return found.rows[0];
}

/**
 * Lets pulls wait; one that was held already keeps its time and reason. Pulls under way have ended
 * when this returns: it takes the lock that they share. The row comes first, as `noteHome` has it.
 * Ids that were given since the backup are not given again: see skipIds.
 */
export async function setHold(trx: Transaction<Crm>, reason: string): Promise<void> {
  await sql`select from hold for update`.execute(trx);
  await sql`select pg_advisory_xact_lock(${locks.hold})`.execute(trx);
  await sql`
    update hold set since = clock_timestamp(), reason = ${reason}
    where hold.since is null`.execute(trx);
  await skipIds(trx);
}

/** How many ids are passed over at a restore: more than will have been given since the backup. */
const SKIPPED = { region: 1_000, programme: 1_000, prospect: 1_000_000, action: 1_000_000 };
/** Beyond it an id is no safe number in JSON. */
const HIGHEST = Number.MAX_SAFE_INTEGER;

/**
 * Lets ids that clients receive go on far above the last that is known here. Clients know what came
 * after the backup by its ids: a new contact under one of them would be taken for a repeat, or for
 * one that the client says it has.
 */
async function skipIds(trx: Transaction<Crm>): Promise<void> {
  await sql`
    select setval(own.sequence, own.last + own.skipped)
    from (
      select known.sequence, skipped.value::bigint as skipped,
        coalesce(pg_sequence_last_value(known.sequence), 0) as last
      from jsonb_each_text(${JSON.stringify(SKIPPED)}::jsonb) skipped (name, value)
      cross join lateral (
        select pg_get_serial_sequence(skipped.name, 'id')::regclass as sequence) known
    ) own
    where own.last < ${HIGHEST}::bigint - 2 * own.skipped`.execute(trx);
}

/** Lets pulls be answered again; gives the hold that has ended, undefined when there was none. */
export async function endHold(trx: Transaction<Crm>): Promise<Hold | undefined> {
  const ended = await sql<Hold>`
    update hold set since = null, reason = null
    from (select own.since, own.reason from hold own where own.since is not null for update) was
    returning was.since, was.reason`.execute(trx);
  return ended.rows[0];
}

/**
 * Notes where the data are, and tells whether they were somewhere else before: then they are a copy
 * of what was there once, restored or moved. Of processes that ask at once, one is told.
 */
export async function noteHome(trx: Transaction<Crm>): Promise<boolean> {
  await sql`select from hold for update`.execute(trx);
  const found = await sql<{ was: string | null }>`
    with here as (select ${sql.raw(HOME)} as home)
    update hold set home = here.home
    from here, (select hold.home from hold) was
    where hold.home is distinct from here.home
    returning was.home as was`.execute(trx);
  return found.rows.some(({ was }) => was !== null);
}

/** Whether the data are where the row `hold` says, or nobody has noted it. */
export const isAtHome: RawBuilder<boolean> = sql`(
  hold.home is null or hold.home = ${sql.raw(HOME)})`;

/** False where the data are not where it was noted last, and where nobody has noted it. */
export async function isHomeNoted(db: Kysely<Crm>): Promise<boolean> {
  const found = await sql`select from hold where hold.home = ${sql.raw(HOME)}`.execute(db);
  return found.rows.length > 0;
}

/** What became of a contact that a client says it has. */
export type Claimed = 'marked' | 'known' | 'other' | 'not_ready' | 'unknown';

/**
 * Marks actions as handed out to a client that has them, where they stand ready for one of its keys
 * and nobody was given them. The others are told: known (the client's already), other (another
 * client's), not_ready (in a statut that its keys do not pull from), unknown (no such action).
 */
export async function claimDelivered(
  trx: Transaction<Crm>,
  client: number,
  actions: readonly number[],
): Promise<{ action: number; outcome: Claimed }[]> {
  const found = await sql<{ action: number; outcome: Claimed }>`
    with own as (
      select distinct on (key.id_statut_ready) key.id_statut_ready, key.id_statut_pulled
      from api_key key where key.id_client = ${client}
      order by key.id_statut_ready, key.created_at desc
    ),
    locked as (
      select action.id, action.id_statut, action.id_client, action.pulled_at
      from action where action.id = any(${actions}::bigint[])
      order by action.id
      for no key update of action
    ),
    marked as (
      update action set
        id_statut = own.id_statut_pulled,
        pulled_at = date_trunc('milliseconds', clock_timestamp()),
        id_client = ${client},
        version = action.version + 1
      from locked join own on own.id_statut_ready = locked.id_statut
      where action.id = locked.id and locked.pulled_at is null
      returning action.id
    )
    select asked.id as action,
      case
        when marked.id is not null then 'marked'
        when locked.id is null then 'unknown'
        when locked.id_client = ${client} then 'known'
        when locked.pulled_at is not null then 'other'
        else 'not_ready'
      end as outcome
    from unnest(${actions}::bigint[]) asked (id)
    left join locked on locked.id = asked.id
    left join marked on marked.id = asked.id
    order by asked.id`.execute(trx);
  return found.rows;
}
