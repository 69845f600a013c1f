import { type LoadCollection, loadCollections } from '@relais/contract';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** Where a collection lies. */
interface Home {
  readonly table: string;
  /** A unique member beside the id. */
  readonly unique?: 'designation' | 'nom';
  /** Small lists that may be there already, if they say the same. */
  readonly shared: boolean;
}

const list = (table: string): Home => ({ table, unique: 'designation', shared: true });

const homes: Record<LoadCollection, Home> = {
  regions: { table: 'region', shared: true },
  programmes: { table: 'programme', shared: false },
  statuts: list('statut'),
  origines: list('origine'),
  types_contact: list('type_contact'),
  types_action: list('type_action'),
  clients: { table: 'client', unique: 'nom', shared: true },
  prospects: { table: 'prospect', shared: false },
  actions: { table: 'action', shared: false },
};

/** A member of the format and its column: `idProgramme` is `id_programme`. */
interface Member {
  readonly name: string;
  readonly column: string;
  readonly type: 'bigint' | 'timestamptz' | 'text';
}

function memberOf(name: string): Member {
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (column === 'id' || column.startsWith('id_')) return { name, column, type: 'bigint' };
  return { name, column, type: name.endsWith('_at') ? 'timestamptz' : 'text' };
}

/** A collection with its table and members. */
export interface Layout extends Home {
  readonly collection: LoadCollection;
  readonly members: readonly Member[];
}

/** In the order of the format, in which each collection comes after those that it refers to. */
export const layouts: readonly Layout[] = Object.entries(loadCollections).map(
  ([collection, record]) => ({
    ...homes[collection as LoadCollection],
    collection: collection as LoadCollection,
    members: Object.keys(record.shape).map(memberOf),
  }),
);

const layoutOf = (test: (layout: Layout) => boolean): Layout => {
  const layout = layouts.find(test);
  if (!layout) throw new Error('no such collection');
  return layout;
};

/**
 * Where a collection's records wait. Its columns have the members' names, so that records go in as
 * they are and a fault is told in the words of the file.
 */
const stageOf = (collection: LoadCollection) => sql.table(`load_${collection}`);
const definitions = ({ members }: Layout) =>
  sql.join(members.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`));

/** Loads of one database take turns: one number for the lock, the same in every process. */
const LOAD_LOCK = 7_235_402;

/** A load or a dump takes as long as its data: the pool's limits are for requests. */
export async function liftLimits(trx: Transaction<Crm>): Promise<void> {
  await sql`
    select set_config(setting.name, '0', true)
    from unnest(array['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'])
      setting (name)`.execute(trx);
}

/** Makes the tables that records wait in until all are read; they go with the transaction. */
export async function openLoad(trx: Transaction<Crm>): Promise<void> {
  await liftLimits(trx);
  await sql`select pg_advisory_xact_lock(${LOAD_LOCK})`.execute(trx);
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
}

/** Puts records into the waiting table of their collection. */
export async function stageRecords(
  trx: Transaction<Crm>,
  collection: LoadCollection,
  records: readonly StagedRecord[],
): Promise<void> {
  const layout = layoutOf((layout) => layout.collection === collection);
  const times = layout.members.filter(({ type }) => type === 'timestamptz');
  const rows = records.map(({ line, index, value }) => {
    const row: Record<string, unknown> = { line, index, ...value };
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

/** What is wrong with a record, in words, and where it is. */
export interface Fault {
  readonly line: number;
  readonly collection: LoadCollection;
  readonly index: number;
  readonly field: string;
  readonly problem: string;
}

/**
 * Moves the waiting records into their tables, or gives the first fault, in which case the caller
 * must roll back. Nothing is touched before everything is checked.
 */
export async function finishLoad(trx: Transaction<Crm>): Promise<Fault | undefined> {
  for (const layout of layouts) await sql`analyze ${stageOf(layout.collection)}`.execute(trx);
  for (const layout of layouts) {
    for (const check of [...uniqueChecks(layout), ...referenceChecks(layout)]) {
      const fault = await run(trx, layout, check);
      if (fault) return fault;
    }
  }
  for (const layout of layouts) {
    await raiseSequence(trx, layout);
    await insertStaged(trx, layout);
  }
  return undefined;
}

/** Refreshes the planner's statistics, so that the first pull has a good plan. */
export async function analyzeLoaded(db: Kysely<Crm>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await liftLimits(trx);
    await sql`analyze ${sql.join(layouts.map(({ table }) => sql.table(table)))}`.execute(trx);
  });
}

/** A rule that records must keep. */
interface Check {
  readonly field: string;
  /** Rows `staged` (line, index) that break it, with the id that the problem names. */
  readonly broken: RawBuilder<{ id: number }>;
  readonly problem: (id: number) => string;
}

async function run(
  trx: Transaction<Crm>,
  { collection }: Layout,
  { field, broken, problem }: Check,
): Promise<Fault | undefined> {
  const { rows } = await sql<{ line: number; index: number; id: number }>`
    ${broken} order by staged.line, staged.index limit 1`.execute(trx);
  const [row] = rows;
  return row && { collection, field, line: row.line, index: row.index, problem: problem(row.id) };
}

/** What the entry of a unique index holds: 2704 bytes with its header. */
const MOST_UNIQUE_BYTES = 2600;

/** Ids, and unique values, once in the file and not yet in the database. */
function uniqueChecks({ collection, table, members, unique, shared }: Layout): Check[] {
  const stage = stageOf(collection);
  const twice = (member: string) => sql<{ id: number }>`
    select staged.line, staged.index, staged.first_id as id from (
      select waiting.line, waiting.index, row_number() over same as occurrence,
        first_value(waiting.id) over same as first_id
      from ${stage} waiting
      window same as (partition by waiting.${sql.ref(member)} order by waiting.line, waiting.index)
    ) staged where staged.occurrence > 1`;
  const row = (name: string, pick: (member: Member) => string) =>
    sql`(${sql.join(members.map((member) => sql.ref(`${name}.${pick(member)}`)))})`;
  const other = shared
    ? sql`${row('staged', ({ name }) => name)} is distinct from ${row('known', ({ column }) => column)}`
    : sql`true`;
  const checks: Check[] = [
    { field: 'id', broken: twice('id'), problem: (id) => `${id} is given twice in the file` },
    {
      field: 'id',
      broken: sql`
        select staged.line, staged.index, staged.id
        from ${stage} staged join ${sql.table(table)} known on known.id = staged.id
        where ${other}`,
      problem: (id) =>
        `${table} ${id} is in the database already${shared ? ' with other values' : ''}`,
    },
  ];
  if (unique === undefined) return checks;
  const value = sql.ref(unique);
  return [
    ...checks,
    {
      field: unique,
      broken: twice(unique),
      problem: (id) => `${table} ${id} of the file has the same`,
    },
    {
      field: unique,
      broken: sql`
        select staged.line, staged.index, known.id
        from ${stage} staged join ${sql.table(table)} known on known.${value} = staged.${value}
        where known.id <> staged.id`,
      problem: (id) => `${table} ${id} of the database has the same`,
    },
    {
      field: unique,
      broken: sql`
        select staged.line, staged.index, staged.id from ${stage} staged
        where octet_length(staged.${value}) > ${MOST_UNIQUE_BYTES}`,
      problem: () => `must not be longer than ${MOST_UNIQUE_BYTES} bytes`,
    },
  ];
}

/** What a record refers to is in the file or in the database; a client has pulled what it holds. */
function referenceChecks({ collection, members }: Layout): Check[] {
  const stage = stageOf(collection);
  const checks: Check[] = members
    .filter(({ name, type }) => type === 'bigint' && name !== 'id')
    .map(({ name, column }) => {
      const target = layoutOf(({ table }) => column === `id_${table}`);
      const id = sql`staged.${sql.ref(name)}`;
      return {
        field: name,
        broken: sql`
          select staged.line, staged.index, ${id} as id from ${stage} staged
          where ${id} is not null
            and not exists (select from ${stageOf(target.collection)} target where target.id = ${id})
            and not exists (select from ${sql.table(target.table)} target where target.id = ${id})`,
        problem: (id) => `there is no ${target.table} ${id}`,
      };
    });
  if (collection !== 'actions') return checks;
  const unpulled: Check = {
    field: 'pulled_at',
    broken: sql`
      select staged.line, staged.index, staged.id from ${stage} staged
      where staged.${sql.ref('idClient')} is not null and staged.pulled_at is null`,
    problem: () => 'is missing beside "idClient"',
  };
  return [...checks, unpulled];
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
