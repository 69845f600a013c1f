import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { locks } from '../db/locks.ts';
import type { Reason } from '../intake/reason.ts';

/** A file that was imported, or is being. */
export interface Import {
  readonly id: number;
  readonly state: 'running' | 'done' | 'undone';
  /** The line of the last row whose batch has committed; 0 before the first. */
  readonly position: number;
  /** What its columns mean. */
  readonly columns: unknown;
  readonly started_at: Date;
}

const columns = sql`import.id, import.state, import.position, import.columns, import.started_at`;

export interface NewImport {
  readonly id_source: number;
  readonly file_name: string;
  /** SHA-256 of the file. */
  readonly file_hash: Buffer;
  readonly columns: unknown;
  readonly started_by: string;
}

/** Begins an import; undefined when this source has one of the same file that was not undone. */
export async function insertImport(
  trx: Transaction<Crm>,
  { columns, ...row }: NewImport,
): Promise<number | undefined> {
  const made = await sql<{ id: number }>`
    insert into import (id_source, file_name, file_hash, started_by, columns, state)
    values (${row.id_source}, ${row.file_name}, ${row.file_hash}, ${row.started_by},
      ${JSON.stringify(columns)}::jsonb, 'running')
    on conflict (id_source, file_hash) where state <> 'undone' do nothing
    returning import.id`.execute(trx);
  return made.rows[0]?.id;
}

/** The import of this file at this source that was not undone. */
export async function findImport(
  db: Kysely<Crm>,
  source: number,
  fileHash: Buffer,
): Promise<Import | undefined> {
  const found = await sql<Import>`
    select ${columns} from import
    where import.id_source = ${source} and import.file_hash = ${fileHash}
      and import.state <> 'undone'`.execute(db);
  return found.rows[0];
}

export async function findImportById(db: Kysely<Crm>, id: number): Promise<Import | undefined> {
  const found = await sql<Import>`select ${columns} from import where import.id = ${id}`.execute(
    db,
  );
  return found.rows[0];
}

/**
 * An import, locked until the transaction ends: it goes on in one process at a time. Not against
 * those who only refer to it, as the undoing of another does that gives a lead back to it.
 */
export async function lockImport(trx: Transaction<Crm>, id: number): Promise<Import | undefined> {
  const found = await sql<Import>`
    select ${columns} from import where import.id = ${id} for no key update`.execute(trx);
  return found.rows[0];
}

/**
 * Lets one batch of rows be stored at a time: two that hold the same persons in other orders would
 * wait for each other. Leads of the other doors hold one person each, and pass between them.
 */
export async function lockBatches(trx: Transaction<Crm>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${locks.batch})`.execute(trx);
}

/**
 * Lets PostgreSQL plan its checks of foreign keys anew. A connection keeps the plans that it made
 * first; those made for tables that were nearly empty read them from end to end for each row.
 */
export async function planAnew(trx: Transaction<Crm>): Promise<void> {
  await sql`discard plans`.execute(trx);
}

/** Notes that the rows up to a line are stored, in the transaction that stores them. */
export async function advanceImport(
  trx: Transaction<Crm>,
  id: number,
  batch: { readonly position: number; readonly repeated: number },
): Promise<void> {
  await sql`
    update import set position = ${batch.position}, repeated = import.repeated + ${batch.repeated}
    where import.id = ${id}`.execute(trx);
}

export async function finishImport(trx: Transaction<Crm>, id: number): Promise<void> {
  await sql`
    update import set state = 'done', finished_at = clock_timestamp()
    where import.id = ${id}`.execute(trx);
}

/** A lead of an import that waits in quarantine. */
export interface WaitingLead {
  readonly id: number;
  /** Of its row in the file. */
  readonly line: number;
  readonly reasons: readonly Reason[];
}

const PAGE = 1000;

/** The leads of an import that wait in quarantine, in the order of its rows. */
export async function* waitingLeads(db: Kysely<Crm>, id: number): AsyncGenerator<WaitingLead> {
  let line = 0;
  for (;;) {
    const page = await sql<WaitingLead>`
      select lead.id, lead.line, lead.reasons from lead
      where lead.id_import = ${id} and lead.line > ${line} and lead.outcome = 'quarantined'
      order by lead.line limit ${PAGE}`.execute(db);
    yield* page.rows;
    const last = page.rows.at(-1);
    if (!last || page.rows.length < PAGE) return;
    line = last.line;
  }
}
