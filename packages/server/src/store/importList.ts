import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Import } from './imports.ts';
import { type Position, positionTime } from './queue.ts';

/** An import as lists show it, with how many of its rows have come to what. */
export interface ListedImport {
  readonly id: number;
  readonly source: string;
  readonly file: string;
  readonly state: Import['state'];
  readonly started_at: Date;
  readonly started_by: string;
  readonly finished_at: Date | null;
  readonly accepted: number;
  readonly merged: number;
  readonly quarantined: number;
  readonly repeated: number;
  /** Leads that were taken back. */
  readonly undone: number;
  readonly columns: unknown;
  /** Its latest job, whether a live one works on it, and the file that it reads, while kept. */
  readonly job_id: number | null;
  readonly live: boolean;
  readonly file_id: string | null;
}

/** How many rows of an import have come to what. */
export const countsOf = ({ accepted, merged, quarantined, repeated }: ListedImport) => ({
  accepted,
  merged,
  quarantined,
  repeated,
});

const listed = sql`
  select import.id, source.nom as source, import.file_name as file, import.state, import.columns,
    import.started_at, import.started_by, import.finished_at, import.repeated,
    own.accepted, own.merged, own.quarantined, own.undone, latest.id as job_id,
    coalesce(latest.state in ('queued', 'running'), false) as live, input.id as file_id
  from import
  join source on source.id = import.id_source
  cross join lateral (
    select count(*) filter (where lead.outcome = 'accepted') as accepted,
      count(*) filter (where lead.outcome = 'merged') as merged,
      count(*) filter (where lead.outcome = 'quarantined') as quarantined,
      count(*) filter (where lead.outcome = 'undone') as undone
    from lead where lead.id_import = import.id
  ) own
  left join lateral (
    select job.id, job.state from job
    where job.id_import = import.id order by job.id desc limit 1
  ) latest on true
  left join lateral (
    select file.id from job join stored_file file on file.id = job.id_input
    where job.id_import = import.id and file.expires_at > clock_timestamp()
    order by job.id desc limit 1
  ) input on true`;

/**
 * Imports, newest first, from after a place on. The rows of each are counted in the index
 * lead_import; their jobs are found by job_import_latest.
 */
export async function listImportPage(
  db: Kysely<Crm>,
  most: number,
  after?: Position,
): Promise<(ListedImport & { position: Position })[]> {
  const from = after ? sql`where import.id < ${after.id}` : sql``;
  const found = await sql<ListedImport & { at: string }>`
    select page.*, ${positionTime(sql`page.started_at`)} as at
    from (${listed} ${from} order by import.id desc limit ${most}) page
    order by page.id desc`.execute(db);
  return found.rows.map(({ at, ...row }) => ({ ...row, position: { at, id: row.id } }));
}

/** How many imports there are; counts no further than `most`. */
export async function countImports(db: Kysely<Crm>, most: number): Promise<number> {
  const counted = await sql<{ imports: number }>`
    select count(*) as imports from (select from import limit ${most}) own`.execute(db);
  return counted.rows[0]?.imports ?? 0;
}

export async function findListedImport(
  db: Kysely<Crm>,
  id: number,
): Promise<ListedImport | undefined> {
  const found = await sql<ListedImport>`${listed} where import.id = ${id}`.execute(db);
  return found.rows[0];
}
