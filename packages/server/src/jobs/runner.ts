import { type BackgroundWork, startBackgroundWork } from '../concurrency/backgroundWork.ts';
import { eachDatabase } from '../concurrency/eachDatabase.ts';
import type { CrmDatabase, Databases } from '../installation/databases.ts';
import type { Logger } from '../log/log.ts';
import { clearScratch } from '../scratch.ts';
import { clearAway } from '../store/files.ts';
import { takeJob } from '../store/jobs.ts';
import { FURTHEST, LEASE, runJob } from './runJob.ts';

const CLEAR_EVERY = 3600_000;
/** How long ended jobs are told of. */
const JOB_DAYS = 90;

/**
 * Does the long work of the console: one job at a time, so that it takes few of the connections that
 * answer requests, until there is none in any CRM database. What runs when it closes is handed back.
 */
export function createJobRunner(databases: Databases, log: Logger): BackgroundWork {
  const failed = 'could not look for jobs';
  let cleared = Number.NEGATIVE_INFINITY;

  const clear = async (stop: AbortSignal) => {
    if (performance.now() - cleared < CLEAR_EVERY) return;
    cleared = performance.now();
    await clearScratch();
    const work = async ({ db }: CrmDatabase) => {
      await clearAway(db, JOB_DAYS);
      return false;
    };
    await eachDatabase(databases, work, { log, failed, stop });
  };

  return startBackgroundWork(
    async (stop) => {
      const runNext = async (database: CrmDatabase): Promise<boolean> => {
        const job = await takeJob(database.db, LEASE, FURTHEST);
        if (job) await runJob(database, job, { log, closing: stop });
        return job !== undefined;
      };
      while (await eachDatabase(databases, runNext, { log, failed, stop }));
      await clear(stop);
    },
    { log, failed },
  );
}
