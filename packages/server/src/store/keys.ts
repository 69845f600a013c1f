import { isIP } from 'node:net';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { locks } from '../db/locks.ts';
import { prepared, unseen } from '../db/pool.ts';
import type { ApiKey } from '../keys/authorise.ts';
import type { Environment } from '../keys/key.ts';
import { isAtHome } from './hold.ts';

const columns = sql`
  key.id, key.id_client, key.environment, key.secret_hash, key.id_statut_ready,
  key.id_statut_pulled, key.operations, key.ip_ranges::text[] as ip_ranges,
  key.revoked_at is not null as revoked,
  coalesce(key.expires_at <= clock_timestamp(), false) as expired`;

/** A key as it stands now, and at which state of the database that was. */
export interface KeyNow {
  readonly key: ApiKey;
  /**
   * Names what can be seen in the database. While it is the same, nothing that was written anywhere
   * on this PostgreSQL server since can be seen, so what was read is what would be read again: it
   * is the snapshot, which never comes back to what it was, when the server started, since one that
   * takes over from another may use its transaction numbers again, and since when it has statistics,
   * which begin anew after a crash, as may the numbers of what was not committed.
   */
  readonly version: string;
  /** By the database's clock. */
  readonly now: Date;
}

/** The regions that a key was given one by one; none where it sees all. */
const ownRegions = sql`
  array(select own.id_region from key_region own where own.id_key = key.id order by 1)`;

const regions = sql`
  case when key.all_regions
    then array(select region.id from region order by region.id)
    else ${ownRegions}
  end as regions`;

/** Keys as they stand now, for requests that they authenticate, by their ids. */
export async function findKeysNow(
  db: Kysely<Crm>,
  ids: readonly string[],
): Promise<Map<string, KeyNow>> {
  const found = await sql<ApiKey & Omit<KeyNow, 'key'>>`${prepared}
    select ${columns}, ${regions},
      concat_ws(' ', pg_postmaster_start_time(), pg_stat_get_bgwriter_stat_reset_time(),
        pg_current_snapshot()) as version,
      clock_timestamp() as now
    from api_key key where key.id = any(${unseen(sql`${ids}::text[]`)}::text[])`.execute(db);
  return new Map(found.rows.map(({ version, now, ...key }) => [key.id, { key, version, now }]));
}

/** The key as it stands now, or undefined. */
export async function findKey(db: Kysely<Crm>, id: string): Promise<ApiKey | undefined> {
  const found = await sql<ApiKey>`
    select ${columns}, ${regions} from api_key key where key.id = ${id}`.execute(db);
  return found.rows[0];
}

/**
 * The key as it stands now, locked until the transaction ends: a revocation or a change of scope
 * waits for it, or is seen by it. The scope is read by a statement of its own, after the lock: one
 * that waits for the lock would still see the regions as they were when it began to wait.
 */
export async function lockKey(trx: Transaction<Crm>, id: string): Promise<ApiKey | undefined> {
  await sql`select from api_key key where key.id = ${id} for no key update`.execute(trx);
  return findKey(trx, id);
}

/** A key with whether its pulls wait. */
export interface KeyToPull extends ApiKey {
  readonly held: boolean;
  /** The data are not where they were noted: nobody has held the pulls yet. */
  readonly restored: boolean;
}

/**
 * As lockKey, for a pull. The key's client is locked too: the pulls of one client come one after
 * another, which makes their numbers, times and repeats simple. And whether pulls wait is told; a
 * hold that begins later waits for this transaction.
 */
export async function lockKeyToPull(
  trx: Transaction<Crm>,
  id: string,
): Promise<KeyToPull | undefined> {
  await sql`${prepared}
    select pg_advisory_xact_lock_shared(${locks.hold})
    from (select from api_key key where key.id = ${id} for no key update) locked`.execute(trx);
  const found = await sql<KeyToPull>`${prepared}
    select ${columns}, ${regions},
      exists(select from hold where hold.since is not null) as held,
      not exists(select from hold where ${isAtHome}) as restored
    from api_key key join client on client.id = key.id_client
    where key.id = ${id}
    for no key update of client`.execute(trx);
  return found.rows[0];
}

/** What a key may see and do, and until when. */
export interface KeyScope {
  /** null: all regions, those of the future included. */
  readonly regions: readonly number[] | null;
  readonly id_statut_ready: number;
  readonly id_statut_pulled: number;
  readonly operations: readonly string[] | null;
  readonly ip_ranges: readonly string[] | null;
  readonly expires_at: Date | null;
}

export interface NewKey extends KeyScope {
  readonly id: string;
  readonly id_client: number;
  readonly secret_hash: Buffer;
  readonly environment: Environment;
}

/** An address with host bits, such as 10.1.2.3/8, names its network. */
const networks = (ranges: readonly string[]) =>
  sql<string[]>`array(select network(range::inet) from unnest(${ranges}::text[]) range)`;

/** What of a key's scope stands in its own row: all but the regions, when they are not all. */
const scopeColumns = (scope: KeyScope) => ({
  id_statut_ready: scope.id_statut_ready,
  id_statut_pulled: scope.id_statut_pulled,
  all_regions: scope.regions === null,
  operations: scope.operations && [...scope.operations],
  ip_ranges: scope.ip_ranges && networks(scope.ip_ranges),
  expires_at: scope.expires_at,
});

/** The regions that a key was given one by one; null: all of them. */
export const givenRegions = sql`case when not key.all_regions then ${ownRegions} end`;

/** Stores a new key with its regions. */
export async function insertKey(trx: Transaction<Crm>, key: NewKey): Promise<void> {
  const { id, id_client, secret_hash, environment } = key;
  await trx
    .insertInto('api_key')
    .values({ id, id_client, secret_hash, environment, ...scopeColumns(key) })
    .execute();
  await insertRegions(trx, id, key.regions ?? []);
}

async function insertRegions(
  trx: Transaction<Crm>,
  id: string,
  regions: readonly number[],
): Promise<void> {
  await sql`
    insert into key_region (id_key, id_region)
    select ${id}, own.id from unnest(${regions}::bigint[]) own (id)`.execute(trx);
}

/** The scope of a key, in the words of the database. The caller holds its lock. */
export async function readScope(trx: Transaction<Crm>, id: string): Promise<KeyScope | undefined> {
  const found = await sql<KeyScope>`
    select ${givenRegions} as regions, key.id_statut_ready, key.id_statut_pulled, key.operations,
      key.ip_ranges::text[] as ip_ranges, key.expires_at
    from api_key key where key.id = ${id}`.execute(trx);
  return found.rows[0];
}

/**
 * Gives a key another scope. The caller holds its lock, which a pull takes too: a pull under way
 * has ended before, and every later one sees the new scope.
 */
export async function replaceScope(
  trx: Transaction<Crm>,
  id: string,
  scope: KeyScope,
): Promise<void> {
  await trx.updateTable('api_key').set(scopeColumns(scope)).where('api_key.id', '=', id).execute();
  await trx.deleteFrom('key_region').where('key_region.id_key', '=', id).execute();
  await insertRegions(trx, id, scope.regions ?? []);
}

/**
 * When a locked key would have ended. One that was rotated before ends with its overlap: that is no
 * end of what it is mapped to, and the latest of its successors that goes on tells.
 */
const lastExpiry = (id: string) => sql`(
  with recursive line as (
    select own.id, own.expires_at, 0 as place from api_key own where own.id = ${id}
    union all
    select next.id, next.expires_at, line.place + 1
    from line cross join lateral (
      select own.id, own.expires_at from api_key own
      where own.rotated_from = line.id
        and (own.expires_at is null or own.expires_at > clock_timestamp())
      order by own.created_at desc limit 1
    ) next
  )
  select line.expires_at from line order by line.place desc limit 1)`;

/**
 * Stores a key with the mapping of another, which expires after `overlapHours` (at once with 0). A
 * pull under way with the old key ends before this returns, or is refused.
 */
export async function insertRotatedKey(
  trx: Transaction<Crm>,
  from: string,
  to: { id: string; secret_hash: Buffer; expires_at: Date | null | undefined },
  overlapHours: number,
): Promise<void> {
  const expiry =
    to.expires_at === undefined ? lastExpiry(from) : sql`${to.expires_at}::timestamptz`;
  await sql`select from api_key key where key.id = ${from} for no key update`.execute(trx);
  await sql`
    insert into api_key (id, id_client, secret_hash, environment, all_regions, id_statut_ready,
      id_statut_pulled, operations, ip_ranges, expires_at, rotated_from)
    select ${to.id}, key.id_client, ${to.secret_hash}, key.environment, key.all_regions,
      key.id_statut_ready, key.id_statut_pulled, key.operations, key.ip_ranges, ${expiry}, key.id
    from api_key key where key.id = ${from}`.execute(trx);
  await sql`
    insert into key_region (id_key, id_region)
    select ${to.id}, own.id_region from key_region own where own.id_key = ${from}`.execute(trx);
  await sql`
    update api_key key set expires_at =
      least(key.expires_at, clock_timestamp() + make_interval(hours => ${overlapHours}))
    where key.id = ${from}`.execute(trx);
}

/**
 * Revokes a key; false when there is none. When this has returned, no pull commits with it any
 * more: it takes the lock that a pull holds, and the time is read after it.
 */
export async function revokeKey(trx: Transaction<Crm>, id: string): Promise<boolean> {
  const result = await sql`
    with locked as materialized (
      select own.id from api_key own where own.id = ${id} for no key update
    )
    update api_key key set revoked_at = coalesce(key.revoked_at, clock_timestamp())
    from locked where key.id = locked.id`.execute(trx);
  return result.numAffectedRows === 1n;
}

/** True when a key pulls from this statut: what stands in it may be handed out at any moment. */
export async function isPulledFrom(db: Kysely<Crm>, statut: number): Promise<boolean> {
  const found = await sql`
    select from api_key key where key.id_statut_ready = ${statut} limit 1`.execute(db);
  return found.rows.length > 0;
}

/** Notes that a key was seen where others may have read it. */
export async function markExposed(db: Kysely<Crm>, id: string): Promise<void> {
  await sql`
    update api_key key set exposed_at = clock_timestamp()
    where key.id = ${id} and key.exposed_at is null`.execute(db);
}

/** Keeps when, from where and for what keys were last used; what is no address is left out. */
export async function recordUse(
  db: Kysely<Crm>,
  uses: readonly { id: string; at: Date; address: string; operation: string }[],
): Promise<void> {
  const known = uses.map((use) => ({ ...use, address: isIP(use.address) ? use.address : null }));
  await sql`
    insert into key_use (id_key, last_used_at, last_address, last_operation)
    select used.id, used.at, used.address, used.operation
    from jsonb_to_recordset(${JSON.stringify(known)}::jsonb)
      as used (id text, at timestamptz, address inet, operation text)
    -- Always in one order: two processes that note the same keys never wait for each other.
    order by used.id
    on conflict (id_key) do update set last_used_at = excluded.last_used_at,
      last_address = excluded.last_address, last_operation = excluded.last_operation`.execute(db);
}
