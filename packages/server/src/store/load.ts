import type { LoadCollection } from '@relais/contract';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { locks } from '../db/locks.ts';
import { long } from '../db/pool.ts';
import { type Fault, findFault } from './loadChecks.ts';
import { insertIdentities } from './loadIdentities.ts';
import { definitions, type Layout, layoutOf, layouts, stageOf } from './loadLayout.ts';

/** Waits for a load of the same database that is under way; others wait until the transaction ends. */
export async function takeTurnToLoad(trx: Transaction<Crm>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.load})`.execute(trx);
}

/** A load or a dump takes as long as its data: the pool's limits are for requests. */
export async function liftLimits(trx: Transaction<Crm>): Promise<void> {
  await sql`${long}
    select set_config(setting.name, '0', true)
    from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
      setting (name)`.execute(trx);
}

/** Makes the tables that records wait in until all are read; they go with the transaction. */
export async function openLoad(trx: Transaction<Crm>): Promise<void> {
  await liftLimits(trx);
  await takeTurnToLoad(trx);
  for (const layout of layouts) {
    await sql`
      create temporary table ${stageOf(layout.collection)} (
        line integer not null, index integer not null, ${definitions(layout)}
      ) on commit drop`.execute(trx);
  }
}

/** A record of the file with its place in it. */
export interface StagedRecord {
  readonly line: number;
  readonly index: number;
  readonly value: Record<string, unknown>;
  /** What a prospect is recognised by, as `prospect_identity` holds it. */
  readonly identities?: readonly string[];
}

/** Puts records into the waiting table of their collection. */
export async function stageRecords(
  trx: Transaction<Crm>,
  collection: LoadCollection,
  records: readonly StagedRecord[],
): Promise<void> {
  const layout = layoutOf((layout) => layout.collection === collection);
  const times = layout.members.filter(({ type }) => type === 'timestamptz');
  const rows = records.map(({ line, index, value, identities }) => {
    const row: Record<string, unknown> = { line, index, ...value, identities };
    for (const { name } of times) {
      if (typeof row[name] === 'string') row[name] = inUtc(row[name]);
    }
    return row;
  });
  await sql`
    insert into ${stageOf(collection)}
    select record.* from json_to_recordset(${JSON.stringify(rows)}::json)
      as record (line integer, index integer, ${definitions(layout)})`.execute(trx);
}

/** The same time in UTC, to the microsecond: PostgreSQL reads no offset beyond 15:59. */
function inUtc(time: string): string {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  const seconds = new Date(time.replace(/\.\d+/, '')).toISOString().slice(0, 19);
  return `${seconds}.${fraction.slice(0, 6).padEnd(6, '0')}Z`;
}

/**
 * Moves the waiting records into their tables, or gives the first fault, in which case the caller
 * must roll back. Nothing is touched before everything is checked.
 */
export async function finishLoad(trx: Transaction<Crm>): Promise<Fault | undefined> {
  for (const layout of layouts) await sql`analyze ${stageOf(layout.collection)}`.execute(trx);
  const fault = await findFault(trx);
  if (fault) return fault;
  for (const layout of layouts) {
    await raiseSequence(trx, layout);
    await insertStaged(trx, layout);
  }
  return undefined;
}

/** Whether the records that were moved say of a contact that a client has it. */
export async function saysReceived(trx: Transaction<Crm>): Promise<boolean> {
  const found = await sql`
    select from load_actions staged where staged.${sql.ref('idClient')} is not null limit 1`.execute(
    trx,
  );
  return found.rows.length > 0;
}

/** Refreshes the planner's statistics, so that the first pull has a good plan. */
export async function analyzeLoaded(db: Kysely<Crm>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await liftLimits(trx);
    await sql`analyze ${sql.join(layouts.map(({ table }) => sql.table(table)))}`.execute(trx);
  });
}

/**
 * Lets new ids go on above the loaded ones. Never lowered: an id that was given once is not given
 * again. Before the insert, so that a server at work does not take an id of the file meanwhile.
 */
async function raiseSequence(trx: Transaction<Crm>, { collection, table }: Layout): Promise<void> {
  await sql`
    select setval(identity.sequence, staged.highest)
    from (select max(waiting.id) as highest from ${stageOf(collection)} waiting) staged,
      (select pg_get_serial_sequence(${table}, 'id')::regclass as sequence) identity
    where staged.highest > coalesce(pg_sequence_last_value(identity.sequence), 0)`.execute(trx);
}

async function insertStaged(
  trx: Transaction<Crm>,
  { collection, table, members, shared }: Layout,
): Promise<void> {
  if (collection === 'identities') return insertIdentities(trx);
  // now() is one time for the whole load.
  const defaults: Record<string, RawBuilder<unknown>> = {
    created_at: sql`coalesce(staged.created_at, now())`,
    ready_at: sql`coalesce(staged.ready_at, staged.created_at, now())`,
  };
  const columns = sql.join(members.map(({ column }) => sql.ref(column)));
  const values = sql.join(
    members.map(({ name }) => defaults[name] ?? sql`staged.${sql.ref(name)}`),
  );
  if (collection === 'actions') {
    await sql`
      insert into action (${columns}, id_region)
      select ${values}, programme.id_region
      from load_actions staged join programme on programme.id = staged.${sql.ref('idProgramme')}
      order by staged.id`.execute(trx);
    return;
  }
  // What is there already of a shared list says the same: that was checked.
  const known = shared ? sql`on conflict (id) do nothing` : sql``;
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${values} from ${stageOf(collection)} staged order by staged.id
    ${known}`.execute(trx);
}
