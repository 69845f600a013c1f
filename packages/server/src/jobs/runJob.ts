import { hadNoTurn } from '../db/away.ts';
import { refusalOf } from '../failure.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { FileError } from '../intake/file/fileError.ts';
import { ImportReadOtherwise, ImportTaken } from '../intake/importFile.ts';
import { errorFields, type Logger } from '../log/log.ts';
import { Refusal } from '../refusal.ts';
import {
  advanceJob,
  type Ending,
  endJob,
  handBackJob,
  type JobKind,
  putOffJob,
  type TakenJob,
} from '../store/jobs.ts';
import { exportJob } from './exportJob.ts';
import { importJob } from './importJob.ts';
import { JobProblem, JobStopped, type JobWork } from './jobRun.ts';
import { statutJob } from './statutJob.ts';
import { undoJob } from './undoJob.ts';

/** After so many seconds without a sign of its process, another one takes a job. */
export const LEASE = 30;
const SIGN_EVERY = 10_000;
/**
 * A job that ends its process, or takes too long, each time would do so for ever. One that only had
 * no turn is tried for as long as that takes.
 */
const MOST_BREAKS = 5;
/** Seconds until a job is tried again that had no turn: other jobs have theirs meanwhile. */
const REST = 5;
/** The same of one that was broken off, by how often: what is the matter lasts minutes at times. */
const RESTS = [5, 20, 80, 320];
/** No job is due later than in so many seconds, by clocks that are right. */
export const FURTHEST = 2 * Math.max(LEASE, ...RESTS);

const works: { readonly [Kind in JobKind]: JobWork } = {
  import: importJob,
  undo: undoJob,
  export: exportJob,
  statut: statutJob,
};

/** Does a job that was taken, and notes how it ended. Never rejects: failures are logged. */
export async function runJob(
  database: CrmDatabase,
  job: TakenJob,
  { log, closing }: { readonly log: Logger; readonly closing: AbortSignal },
): Promise<void> {
  const { db } = database;
  const stop = new AbortController();
  const close = () => stop.abort(new JobStopped('closing'));
  closing.addEventListener('abort', close);
  const sign = setInterval(async () => {
    // A database that is away for a moment: the next sign, or the work itself, will tell.
    const held = await advanceJob(db, job, LEASE).catch(() => ({ cancelled: false }));
    if (!held || held.cancelled) stop.abort(new JobStopped(held ? 'cancelled' : 'lost'));
  }, SIGN_EVERY);
  try {
    if (job.cancelled) throw new JobStopped('cancelled');
    if (job.breaks >= MOST_BREAKS) {
      throw new JobProblem(`It was broken off ${job.breaks} times at the same place.`);
    }
    const end = await works[job.kind]({
      database,
      job,
      signal: stop.signal,
      async advance(progress, trx = db) {
        stop.signal.throwIfAborted();
        const held = await advanceJob(trx, job, LEASE, progress);
        if (!held || held.cancelled) throw new JobStopped(held ? 'cancelled' : 'lost');
      },
    });
    await advanceJob(db, job, LEASE, end);
    await endJob(db, job, { state: 'done' });
  } catch (error) {
    await settle(database, job, error, { log, closing }).catch((failure) =>
      log.warn({ job: job.id, ...errorFields(failure) }, 'could not note how a job ended'),
    );
  } finally {
    clearInterval(sign);
    closing.removeEventListener('abort', close);
  }
}

/** Notes what a failure means for a job. */
async function settle(
  { db, nom }: CrmDatabase,
  job: TakenJob,
  error: unknown,
  { log, closing }: { readonly log: Logger; readonly closing: AbortSignal },
): Promise<void> {
  if (error instanceof JobStopped) {
    if (error.why === 'closing') await handBackJob(db, job);
    if (error.why === 'cancelled') await endJob(db, job, { state: 'cancelled' });
    return;
  }
  const passing = error instanceof Refusal ? undefined : refusalOf(error);
  if (passing?.code === 'unavailable') {
    log.warn({ database: nom, job: job.id, ...errorFields(error) }, 'a job has to wait');
    if (closing.aborted) return handBackJob(db, job);
    const broken = !hadNoTurn(error);
    const seconds = (broken && RESTS[job.breaks]) || REST;
    return putOffJob(db, job, { seconds, problem: passing.message, broken });
  }
  await endJob(db, job, { state: 'failed', problem: problemOf(error) ?? unforeseen() });

  function unforeseen(): NonNullable<Ending['problem']> {
    const { id, kind } = job;
    log.error({ database: nom, job: id, kind, ...errorFields(error) }, 'a job failed');
    return `Something failed on our side: job ${id}.`;
  }
}

/** The failures that say themselves what the matter is. */
const problemOf = (error: unknown): string | undefined =>
  error instanceof JobProblem ||
  error instanceof FileError ||
  error instanceof ImportTaken ||
  error instanceof ImportReadOtherwise ||
  error instanceof Refusal
    ? error.message
    : undefined;
