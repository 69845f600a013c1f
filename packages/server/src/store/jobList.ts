import type { Job } from '@relais/contract';
import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { allOf } from './conditions.ts';
import { isPutOff, type JobCounts, type JobKind } from './jobs.ts';
import { type Position, positionTime } from './queue.ts';

/** A job as the console reads it. */
export interface ListedJob {
  readonly id: number;
  readonly kind: JobKind;
  readonly state: Job['state'];
  readonly created_by: string;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly done: number;
  readonly total: number | null;
  readonly subject: string | null;
  readonly import_id: number | null;
  readonly counts: JobCounts;
  readonly problem: string | null;
  /** Whether no process has it although it has begun: it is tried again. */
  readonly put_off: boolean;
  /** Whether somebody wants it cancelled. */
  readonly cancelled: boolean;
  /** What it made, once that is whole and while it is kept. */
  readonly file_id: string | null;
  readonly file_nom: string | null;
  readonly file_bytes: number | null;
  readonly file_expires_at: Date | null;
}

export interface JobFilter {
  readonly by?: string | undefined;
  readonly live?: boolean;
  readonly kinds?: readonly JobKind[] | undefined;
}

const listed = sql`
  select job.id, job.kind, job.state, job.created_by, job.created_at, job.started_at,
    job.finished_at, job.done, job.total, job.subject, job.id_import as import_id, job.counts,
    job.problem, ${isPutOff} as put_off, job.cancel_by is not null as cancelled,
    file.id as file_id, file.nom as file_nom, file.bytes as file_bytes,
    file.expires_at as file_expires_at
  from job
  left join stored_file file on file.id = job.id_output and file.bytes is not null
    and file.expires_at > clock_timestamp()`;

const matching = ({ by, live, kinds }: JobFilter) =>
  allOf([
    by !== undefined && sql`job.created_by = ${by}`,
    live && sql`job.state in ('queued', 'running')`,
    kinds && sql`job.kind = any(${kinds}::text[])`,
  ]);

/**
 * Jobs, newest first, from after a place on. Few are kept; read from the primary key, job_live or
 * job_created_by.
 */
export async function listJobs(
  db: Kysely<Crm>,
  filter: JobFilter,
  most: number,
  after?: Position,
): Promise<(ListedJob & { position: Position })[]> {
  const from = after ? sql`and job.id < ${after.id}` : sql``;
  const found = await sql<ListedJob & { at: string }>`
    select own.*, ${positionTime(sql`own.created_at`)} as at
    from (${listed} where ${matching(filter)} ${from} order by job.id desc limit ${most}) own
    order by own.id desc`.execute(db);
  return found.rows.map(({ at, ...job }) => ({ ...job, position: { at, id: job.id } }));
}

/** How many jobs there are; counts no further than `most`. */
export async function countJobs(db: Kysely<Crm>, filter: JobFilter, most: number): Promise<number> {
  const counted = await sql<{ jobs: number }>`
    select count(*) as jobs
    from (select from job where ${matching(filter)} limit ${most}) own`.execute(db);
  return counted.rows[0]?.jobs ?? 0;
}

export async function findJob(db: Kysely<Crm>, id: number): Promise<ListedJob | undefined> {
  const found = await sql<ListedJob>`${listed} where job.id = ${id}`.execute(db);
  return found.rows[0];
}
