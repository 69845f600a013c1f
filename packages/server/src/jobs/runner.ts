import type { CrmDatabase, Databases } from '../databases.ts';
import { eachDatabase } from '../eachDatabase.ts';
import { errorFields, type Logger } from '../log.ts';
import { clearScratch } from '../scratch.ts';
import { singleRun } from '../singleRun.ts';
import { clearAway } from '../store/files.ts';
import { takeJob } from '../store/jobs.ts';
import { LEASE, runJob } from './runJob.ts';

export interface JobRunnerOptions {
  readonly databases: Databases;
  readonly log: Logger;
  /** Milliseconds between two looks at what is due. */
  readonly every?: number;
}

/** Does the long work of the console. One runs in each server process; any number may. */
export interface JobRunner {
  /** Takes what was just queued, without waiting for the next look. Never throws. */
  wake(): void;
  /** Stops what runs, for another process to go on with, and settles when nothing runs any more. */
  close(): Promise<void>;
}

const EVERY = 5_000;
const CLEAR_EVERY = 3600_000;
/** How long ended jobs are told of. */
const JOB_DAYS = 90;

/**
 * Starts the runner: it does one job at a time, so that it takes few of the connections that answer
 * requests, and looks for more until there is none in any CRM database.
 */
export function createJobRunner({ databases, log, every = EVERY }: JobRunnerOptions): JobRunner {
  const stop = new AbortController();
  let cleared = Number.NEGATIVE_INFINITY;

  const failed = 'could not look for jobs';
  const onEach = (work: (database: CrmDatabase) => Promise<boolean>) =>
    eachDatabase(databases, work, { log, failed, stop: stop.signal });
  const runNext = async (database: CrmDatabase): Promise<boolean> => {
    const job = await takeJob(database.db, LEASE);
    if (job) await runJob(database, job, { log, closing: stop.signal });
    return job !== undefined;
  };
  const clear = async () => {
    if (performance.now() - cleared < CLEAR_EVERY) return;
    cleared = performance.now();
    await clearScratch();
    await onEach(async ({ db }) => {
      await clearAway(db, JOB_DAYS);
      return false;
    });
  };

  const turn = singleRun(async () => {
    if (stop.signal.aborted) return;
    try {
      while (await onEach(runNext));
      await clear();
    } catch (error) {
      log.warn(errorFields(error), failed);
    }
  });
  const timer = setInterval(() => void turn(), every).unref();

  return {
    wake() {
      void turn();
    },
    async close() {
      clearInterval(timer);
      stop.abort();
      // A turn that is asked for now waits for the one that runs, and finds nothing to do.
      await turn();
    },
  };
}
