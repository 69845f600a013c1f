import type { LoadCollection } from '@relais/contract';
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** How a collection lies in its table. */
interface Layout {
  readonly table: string;
  /** Members of a record that are columns under another name; the others keep theirs. */
  readonly renamed: Record<string, string>;
  readonly columns: readonly string[];
  /** Column to the table it refers to. */
  readonly references: Record<string, string>;
  /** A unique column beside the id. */
  readonly unique?: string;
  /** Small lists that may be there already, if they say the same. */
  readonly shared: boolean;
}

const list = (table: string): Layout => ({
  table,
  renamed: {},
  columns: ['id', 'designation'],
  references: {},
  unique: 'designation',
  shared: true,
});

/** In the order in which they are inserted: what is referred to comes first. */
export const layouts: Record<LoadCollection, Layout> = {
  regions: { table: 'region', renamed: {}, columns: ['id', 'nom'], references: {}, shared: true },
  programmes: {
    table: 'programme',
    renamed: { idRegion: 'id_region' },
    columns: ['id', 'id_region', 'nom', 'ville'],
    references: { id_region: 'region' },
    shared: false,
  },
  statuts: list('statut'),
  origines: list('origine'),
  types_contact: list('type_contact'),
  types_action: list('type_action'),
  clients: {
    table: 'client',
    renamed: {},
    columns: ['id', 'nom'],
    references: {},
    unique: 'nom',
    shared: true,
  },
  prospects: {
    table: 'prospect',
    renamed: {},
    columns: [
      ...['id', 'civilite', 'nom', 'prenom', 'telephone', 'email', 'adresse', 'code_postal'],
      ...['ville', 'pays', 'created_at'],
    ],
    references: {},
    shared: false,
  },
  actions: {
    table: 'action',
    renamed: {
      idProspect: 'id_prospect',
      idProgramme: 'id_programme',
      idStatut: 'id_statut',
      idOrigine: 'id_origine',
      idTypeContact: 'id_type_contact',
      idTypeAction: 'id_type_action',
      idClient: 'id_client',
    },
    columns: [
      ...['id', 'id_prospect', 'id_programme', 'id_statut', 'id_origine', 'id_type_contact'],
      ...['id_type_action', 'id_client', 'created_at', 'ready_at', 'pulled_at', 'commentaire'],
      ...['source_reference', 'utm_source', 'utm_medium', 'utm_campaign', 'utm_term'],
      ...['utm_content', 'gclid', 'fbclid'],
    ],
    references: {
      id_prospect: 'prospect',
      id_programme: 'programme',
      id_statut: 'statut',
      id_origine: 'origine',
      id_type_contact: 'type_contact',
      id_type_action: 'type_action',
      id_client: 'client',
    },
    shared: false,
  },
};

const collections = Object.entries(layouts) as [LoadCollection, Layout][];

const typeOf = (column: string): string =>
  column === 'id' || column.startsWith('id_')
    ? 'bigint'
    : column.endsWith('_at')
      ? 'timestamptz'
      : 'text';

const stageOf = (collection: LoadCollection) => sql.table(`load_${collection}`);
const definitions = (layout: Layout) =>
  sql.raw(layout.columns.map((column) => `${column} ${typeOf(column)}`).join(', '));

/** Makes the tables that records wait in until all are read; they go with the transaction. */
export async function openLoad(trx: Transaction<Crm>): Promise<void> {
  // A load takes as long as its file: the limits are for requests.
  await sql`select set_config(name, '0', true) from unnest(array[
    'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) name`.execute(trx);
  for (const [collection, layout] of collections) {
    await sql`
      create temporary table ${stageOf(collection)} (line integer, index integer, ${definitions(layout)})
      on commit drop`.execute(trx);
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
  const layout = layouts[collection];
  const rows = records.map(({ line, index, value }) => ({
    line,
    index,
    ...Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        layout.renamed[name] ?? name,
        name.endsWith('_at') && typeof member === 'string' ? inUtc(member) : member,
      ]),
    ),
  }));
  await sql`
    insert into ${stageOf(collection)}
    select * from json_to_recordset(${JSON.stringify(rows)}::json)
      as record (line integer, index integer, ${definitions(layout)})`.execute(trx);
}

/** An ISO 8601 time in UTC, microseconds kept: PostgreSQL knows no offset beyond 15:59. */
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
 * Moves the waiting records into their tables, in the order of their references, and sets the
 * identity sequences behind them. Gives the first fault, in which case the caller must roll back.
 */
export async function finishLoad(trx: Transaction<Crm>): Promise<Fault | undefined> {
  for (const [collection, layout] of collections) {
    await sql`analyze ${stageOf(collection)}`.execute(trx);
    const fault =
      (await findTwice(trx, collection, 'id')) ??
      (layout.unique && (await findTwice(trx, collection, layout.unique))) ??
      (await findTaken(trx, collection, layout)) ??
      (await findDangling(trx, collection, layout)) ??
      (collection === 'actions' ? await findUnpulled(trx) : undefined);
    if (fault) return fault;
    await insertStaged(trx, collection, layout);
    await sql`
      select setval(pg_get_serial_sequence(${layout.table}, 'id'), highest.id)
      from (select max(row.id) as id from ${sql.table(layout.table)} row) highest
      where highest.id is not null`.execute(trx);
  }
  return undefined;
}

/** Refreshes the planner's statistics, so that the first pull has a good plan. */
export async function analyzeLoaded(db: Kysely<Crm>): Promise<void> {
  await sql`analyze ${sql.join(collections.map(([, { table }]) => sql.table(table)))}`.execute(db);
}

type Found = { line: number; index: number; what: string | number };

async function first(
  trx: Transaction<Crm>,
  query: RawBuilder<Found>,
  tell: (what: string | number) => Pick<Fault, 'collection' | 'field' | 'problem'>,
): Promise<Fault | undefined> {
  const { rows } = await sql<Found>`${query} order by line, index limit 1`.execute(trx);
  const [row] = rows;
  return row && { line: row.line, index: row.index, ...tell(row.what) };
}

/** A value of a unique column that the file gives twice. */
const findTwice = (trx: Transaction<Crm>, collection: LoadCollection, column: string) =>
  first(
    trx,
    sql`
      select staged.line, staged.index, staged.what from (
        select line, index, ${sql.ref(column)} as what,
          row_number() over (partition by ${sql.ref(column)} order by line, index) as occurrence
        from ${stageOf(collection)}
      ) staged where staged.occurrence > 1`,
    (what) => ({ collection, field: column, problem: `${quote(what)} is given twice in the file` }),
  );

/** A record whose id, or unique value, is in the database already and says something else. */
function findTaken(trx: Transaction<Crm>, collection: LoadCollection, layout: Layout) {
  const differs = layout.shared
    ? sql`(${sql.join(layout.columns.map((column) => sql`staged.${sql.ref(column)}`))})
        is distinct from (${sql.join(layout.columns.map((column) => sql`known.${sql.ref(column)}`))})`
    : sql`true`;
  const same = layout.unique
    ? sql`(known.id = staged.id or known.${sql.ref(layout.unique)} = staged.${sql.ref(layout.unique)})`
    : sql`known.id = staged.id`;
  return first(
    trx,
    sql`
      select staged.line, staged.index, staged.id as what
      from ${stageOf(collection)} staged
      join ${sql.table(layout.table)} known on ${same}
      where ${differs}`,
    (what) => ({
      collection,
      field: 'id',
      problem: layout.shared
        ? `${what} is in the database already with other values`
        : `${what} is in the database already`,
    }),
  );
}

/** A reference to a record that is neither in the file nor in the database. */
async function findDangling(
  trx: Transaction<Crm>,
  collection: LoadCollection,
  layout: Layout,
): Promise<Fault | undefined> {
  for (const [column, table] of Object.entries(layout.references)) {
    const member =
      Object.entries(layout.renamed).find(([, renamed]) => renamed === column)?.[0] ?? column;
    const fault = await first(
      trx,
      sql`
        select staged.line, staged.index, staged.${sql.ref(column)} as what
        from ${stageOf(collection)} staged
        where staged.${sql.ref(column)} is not null and not exists (
          select from ${sql.table(table)} target where target.id = staged.${sql.ref(column)})`,
      (what) => ({ collection, field: member, problem: `there is no ${table} ${what}` }),
    );
    if (fault) return fault;
  }
  return undefined;
}

/** An action that has a client but was not pulled. */
const findUnpulled = (trx: Transaction<Crm>) =>
  first(
    trx,
    sql`
      select staged.line, staged.index, staged.id as what from load_actions staged
      where staged.id_client is not null and staged.pulled_at is null`,
    () => ({ collection: 'actions', field: 'pulled_at', problem: 'is missing beside "idClient"' }),
  );

async function insertStaged(
  trx: Transaction<Crm>,
  collection: LoadCollection,
  layout: Layout,
): Promise<void> {
  const columns = sql.join(layout.columns.map((column) => sql.ref(column)));
  const defaults: Record<string, RawBuilder<unknown>> = {
    // now() is one time for the whole load.
    created_at: sql`coalesce(staged.created_at, now())`,
    ready_at: sql`coalesce(staged.ready_at, staged.created_at, now())`,
  };
  const values = sql.join(
    layout.columns.map((column) => defaults[column] ?? sql`staged.${sql.ref(column)}`),
  );
  if (collection === 'actions') {
    await sql`
      insert into action (${columns}, id_region)
      select ${values}, programme.id_region
      from load_actions staged join programme on programme.id = staged.id_programme
      order by staged.id`.execute(trx);
    return;
  }
  await sql`
    insert into ${sql.table(layout.table)} (${columns})
    select ${values} from ${stageOf(collection)} staged order by staged.id
    on conflict (id) do nothing`.execute(trx);
}

const quote = (what: string | number) => (typeof what === 'number' ? String(what) : `"${what}"`);
