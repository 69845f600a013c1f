import type { Databases } from '../databases.ts';
import { eachDatabase } from '../eachDatabase.ts';
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
  const stop = new AbortController();
  const failed = 'a postponed lead was not let in';
  const letIn = () =>
    eachDatabase(databases, ({ db }) => retryPostponed(db), { log, failed, stop: stop.signal });
  const turn = singleRun(async () => {
    try {
      while (await letIn());
    } catch (error) {
      log.warn(errorFields(error), 'could not look for postponed leads');
    }
  });
  const timer = setInterval(() => void turn(), EVERY).unref();
  return {
    async close() {
      clearInterval(timer);
      stop.abort();
      await turn();
    },
  };
}
