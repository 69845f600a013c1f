import type { Job, JobCount } from '@relais/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isDue } from './due.ts';

export type JobKind = Job['kind'];
export type JobCounts = Readonly<Partial<Record<JobCount, number>>>;

export interface NewJob {
  readonly kind: JobKind;
  /** `staff:<id>`. */
  readonly by: string;
  /** What the job is to do, as JSON that its kind reads. */
  readonly request: object;
  readonly subject?: string;
  readonly import?: number;
  readonly input?: string;
}

/**
 * Waits for an erasure that is under way, and lets none begin until the transaction ends: an erasure
 * keeps jobs from beginning and then drops files, so that who does both begins with this.
 */
export async function awaitErasure(trx: Transaction<Crm>): Promise<void> {
  await sql`lock table job in row exclusive mode`.execute(trx);
}

/** A job that has not ended. */
export interface LiveJob {
  readonly id: number;
  readonly kind: JobKind;
}

/**
 * Lets no job begin or go on, and no erasure begin, until the transaction ends; gives a job that has
 * not ended.
 */
export async function stopJobs(trx: Transaction<Crm>): Promise<LiveJob | undefined> {
  await sql`lock table job in share row exclusive mode`.execute(trx);
  const found = await sql<LiveJob>`
    select job.id, job.kind from job where job.state in ('queued', 'running')
    order by job.id limit 1`.execute(trx);
  return found.rows[0];
}

/** Queues a job; undefined when another one that is live works on the same import. */
export async function insertJob(db: Kysely<Crm>, job: NewJob): Promise<number | undefined> {
  const made = await sql<{ id: number }>`
    insert into job (kind, created_by, request, subject, id_import, id_input)
    values (${job.kind}, ${job.by}, ${JSON.stringify(job.request)}::jsonb, ${job.subject ?? null},
      ${job.import ?? null}, ${job.input ?? null})
    on conflict (id_import) where state in ('queued', 'running') do nothing
    returning job.id`.execute(db);
  return made.rows[0]?.id;
}

/** The live job that works on an import. */
export async function findLiveJob(db: Kysely<Crm>, importId: number): Promise<LiveJob | undefined> {
  const found = await sql<LiveJob>`
    select job.id, job.kind from job
    where job.id_import = ${importId} and job.state in ('queued', 'running')`.execute(db);
  return found.rows[0];
}

/** Of a live job: no process has it, and it is tried again; its problem says why. */
export const isPutOff = sql`(job.state = 'running' and job.problem is not null)`;

/** A job as a process has taken it: the attempt tells its writing from that of earlier takers. */
export interface HeldJob {
  readonly id: number;
  readonly attempt: number;
}

export interface TakenJob extends HeldJob {
  readonly kind: JobKind;
  readonly by: string;
  readonly request: unknown;
  /** How often it was broken off since it last came further. */
  readonly breaks: number;
  readonly cancelled: boolean;
  readonly done: number;
  readonly total: number | null;
  readonly position: number;
  readonly counts: JobCounts;
  readonly import: number | null;
  readonly input: string | null;
  readonly output: string | null;
}

/**
 * Takes the oldest job that waits, or whose lease ran out since its process died: that is a break. It
 * is due again after `leaseSeconds` unless the lease is renewed. What is due in more than `furthest`
 * seconds was noted by a clock that was wrong, and is due. Processes that take at once pass over
 * each other's.
 */
export async function takeJob(
  db: Kysely<Crm>,
  leaseSeconds: number,
  furthest: number,
): Promise<TakenJob | undefined> {
  const taken = await sql<TakenJob>`
    with due as materialized (
      select job.id from job
      where job.state = 'queued'
        or (job.state = 'running' and ${isDue(sql`job.lease_until`, furthest)})
      order by job.id limit 1
      for no key update skip locked
    )
    update job set state = 'running', attempt = job.attempt + 1,
      breaks = job.breaks + (job.state = 'running' and not ${isPutOff})::integer, problem = null,
      started_at = coalesce(job.started_at, clock_timestamp()),
      lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where job.id = (select due.id from due)
    returning job.id, job.attempt, job.kind, job.created_by as by, job.request, job.breaks,
      job.cancel_by is not null as cancelled, job.done, job.total, job.position, job.counts,
      job.id_import as import, job.id_input as input, job.id_output as output`.execute(db);
  return taken.rows[0];
}

/** How far a job has come; what is left out stays. What is done never goes back. */
export interface Progress {
  readonly done?: number;
  readonly total?: number;
  readonly position?: number;
  readonly counts?: JobCounts;
  readonly output?: string;
}

/**
 * Renews the lease of a held job and notes how far it has come; the job is locked until the
 * transaction ends. Gives whether somebody wants it cancelled; undefined when it is no longer held.
 */
export async function advanceJob(
  db: Kysely<Crm>,
  { id, attempt }: HeldJob,
  leaseSeconds: number,
  { done, total, position, counts, output }: Progress = {},
): Promise<{ readonly cancelled: boolean } | undefined> {
  const held = await sql<{ cancelled: boolean }>`
    update job set
      lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}),
      breaks = case when ${done ?? null}::integer > job.done then 0 else job.breaks end,
      done = greatest(${done ?? null}::integer, job.done),
      total = coalesce(${total ?? null}::integer, job.total),
      position = coalesce(${position ?? null}::bigint, job.position),
      counts = coalesce(${counts ? JSON.stringify(counts) : null}::jsonb, job.counts),
      id_output = coalesce(${output ?? null}::uuid, job.id_output)
    where job.id = ${id} and job.attempt = ${attempt} and job.state = 'running'
    returning job.cancel_by is not null as cancelled`.execute(db);
  return held.rows[0];
}

export interface Ending {
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly problem?: string;
}

/** Ends a held job; false when it is no longer held. */
export async function endJob(
  db: Kysely<Crm>,
  { id, attempt }: HeldJob,
  { state, problem }: Ending,
): Promise<boolean> {
  const ended = await sql`
    update job set state = ${state}, problem = ${problem ?? null}, lease_until = null,
      finished_at = clock_timestamp()
    where job.id = ${id} and job.attempt = ${attempt} and job.state = 'running'`.execute(db);
  return ended.numAffectedRows === 1n;
}

/** Gives a held job back, for any process to go on with at once. */
export async function handBackJob(db: Kysely<Crm>, { id, attempt }: HeldJob): Promise<void> {
  await sql`
    update job set state = 'queued', lease_until = null
    where job.id = ${id} and job.attempt = ${attempt} and job.state = 'running'`.execute(db);
}

/** Why a job is put off, and for how long. */
export interface PutOff {
  readonly seconds: number;
  /** For whoever asked for it. */
  readonly problem: string;
  /** Whether it was broken off; otherwise it had only no turn. */
  readonly broken: boolean;
}

/** Lets go of a held job: it is due again after some seconds, or at once where it is to stop. */
export async function putOffJob(
  db: Kysely<Crm>,
  { id, attempt }: HeldJob,
  { seconds, problem, broken }: PutOff,
): Promise<void> {
  await sql`
    update job set
      lease_until = clock_timestamp()
        + make_interval(secs => case when job.cancel_by is null then ${seconds}::integer else 0 end),
      problem = ${problem}, breaks = job.breaks + ${broken}::boolean::integer
    where job.id = ${id} and job.attempt = ${attempt} and job.state = 'running'`.execute(db);
}

/**
 * Ends a job that waits or is put off, and has one that runs stopped by its process. False when it has ended, or
 * somebody has done so before.
 */
export async function cancelJob(db: Kysely<Crm>, id: number, by: string): Promise<boolean> {
  const waits = sql`(job.state = 'queued' or ${isPutOff})`;
  const cancelled = await sql`
    update job set cancel_by = ${by}, problem = null,
      state = case when ${waits} then 'cancelled' else job.state end,
      finished_at = case when ${waits} then clock_timestamp() end,
      lease_until = case when ${waits} then null else job.lease_until end
    where job.id = ${id} and job.state in ('queued', 'running')
      and job.cancel_by is null`.execute(db);
  return cancelled.numAffectedRows === 1n;
}
