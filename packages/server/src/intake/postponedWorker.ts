import type { Databases } from '../databases.ts';
import { errorFields, type Logger } from '../log.ts';
import { singleRun } from '../singleRun.ts';
import { retryPostponed } from './receive.ts';

/** Lets postponed leads in. One runs in each server process; any number may. */
export interface PostponedWorker {
  /** Begins nothing any more, and settles when nothing runs. */
  close(): Promise<void>;
}

const EVERY = 5_000;

/** Starts the worker. A database that is away, or a lead that fails, holds no other up. */
export function createPostponedWorker(databases: Databases, log: Logger): PostponedWorker {
  let closing = false;
  const turn = singleRun(async () => {
    try {
      for (const { nom, db } of await databases.all()) {
        const next = () =>
          retryPostponed(db).catch((error) => {
            log.warn({ database: nom, ...errorFields(error) }, 'a postponed lead was not let in');
            return false;
          });
        while (!closing && (await next()));
      }
    } catch (error) {
      log.warn(errorFields(error), 'could not look for postponed leads');
    }
  });
  const timer = setInterval(() => void turn(), EVERY).unref();
  return {
    async close() {
      clearInterval(timer);
      closing = true;
      await turn();
    },
  };
}
