import { type BackgroundWork, startBackgroundWork } from '../concurrency/backgroundWork.ts';
import { eachDatabase } from '../concurrency/eachDatabase.ts';
import type { Databases } from '../installation/databases.ts';
import type { Logger } from '../log/log.ts';
import { retryPostponed } from './receive.ts';

/** Lets postponed leads in. A database that is away, or a lead that fails, holds no other up. */
export function createPostponedWorker(databases: Databases, log: Logger): BackgroundWork {
  const failed = 'a postponed lead was not let in';
  return startBackgroundWork(
    async (stop) => {
      while (await eachDatabase(databases, ({ db }) => retryPostponed(db), { log, failed, stop }));
    },
    { log, failed: 'could not look for postponed leads' },
  );
}
