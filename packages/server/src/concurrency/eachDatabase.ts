import type { CrmDatabase, Databases } from '../installation/databases.ts';
import { errorFields, type Logger } from '../log/log.ts';

/**
 * Runs a piece of work on each CRM database in turn; true when it did something on one of them. One
 * that is away holds no other up: that is logged as `failed`. Begins nothing any more once `stop`
 * is aborted.
 */
export async function eachDatabase(
  databases: Databases,
  work: (database: CrmDatabase) => Promise<boolean>,
  { log, failed, stop }: { log: Logger; failed: string; stop: AbortSignal },
): Promise<boolean> {
  let some = false;
  for (const database of await databases.all()) {
    if (stop.aborted) return false;
    const did = await work(database).catch((error) => {
      log.warn({ database: database.nom, ...errorFields(error) }, failed);
      return false;
    });
    some ||= did;
  }
  return some;
}
