import { type BackgroundWork, startBackgroundWork } from '../concurrency/backgroundWork.ts';
import { migrate } from '../db/migrate.ts';
import { refusalOf } from '../failure.ts';
import { errorFields, type Logger } from '../log/log.ts';
import { type CatalogEntry, listDatabases } from '../store/catalog.ts';
import { isHomeNoted } from '../store/hold.ts';
import { locate } from './databases.ts';
import { holdAfterRestore } from './holding.ts';
import type { Installation } from './installation.ts';

/**
 * Does for a CRM database that was out of reach when the server started, and for one that is
 * restored while it runs, what a start does: it gets the newest schema, and its pulls are held. One
 * that is away is looked at again.
 */
export function createRestoreWatch(
  { databases, catalogUrl }: Installation,
  log: Logger,
): BackgroundWork {
  const failed = 'could not look for CRM databases that were restored';
  const migrated = new Set<string>();
  const look = async (entry: CatalogEntry) => {
    const database = await databases.named(entry.nom);
    if (!database) return;
    if (migrated.has(entry.nom) && (await isHomeNoted(database.db))) return;
    await migrate(locate(entry, catalogUrl), 'crm');
    migrated.add(entry.nom);
    // Where nothing has changed, nothing is written: answers are kept as long as that is so.
    if (!(await isHomeNoted(database.db))) await holdAfterRestore(database);
  };
  return startBackgroundWork(
    async (stop) => {
      for (const entry of await listDatabases(databases.catalog)) {
        if (stop.aborted) return;
        await look(entry).catch((error) => {
          // That it is away, whoever needs it says: requests, /readyz, the figures.
          if (refusalOf(error)?.code === 'unavailable') return;
          log.warn({ database: entry.nom, ...errorFields(error) }, failed);
        });
      }
    },
    { log, failed },
  );
}
