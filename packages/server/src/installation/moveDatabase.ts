import { assertDurable, InstallError } from '../db/administer.ts';
import type { DB as Crm } from '../db/crm.generated.ts';
import { migrate } from '../db/migrate.ts';
import { atPlace, lookAtTenant, type Tenant } from '../db/place.ts';
import { batchLimits, openPool } from '../db/pool.ts';
import { type CatalogEntry, countRoutes, listDatabases, moveEntry } from '../store/catalog.ts';
import { writeCatalogAudit } from '../store/catalogAudit.ts';
import { type CrmDatabase, locate } from './databases.ts';
import { hold, holdAfterRestore } from './holding.ts';
import { type Installation, registeredAt } from './installation.ts';

/**
 * Gives a CRM database the address where its data are now: the SQL database that it had under
 * another address, or a copy of it. Servers that run take it up by themselves, within seconds.
 * Tells whether pulls wait: from a copy, contacts may be ready that were handed out since.
 */
export async function moveDatabase(
  installation: Installation,
  entry: CatalogEntry,
  url: string,
  actor: string,
): Promise<boolean> {
  const { databases, catalogUrl } = installation;
  const { nom } = entry;
  await assertDurable(url);
  return atPlace(url, async ({ home }) => {
    const before = locate(entry, catalogUrl);
    const now = await lookAtTenant(url);
    // What does not answer any more can't be asked; its keys and sources tell, then.
    const was = await lookAtTenant(before).catch(() => undefined);
    // No copy: another account, or another name of the same server.
    const stays = placeOf(url) === placeOf(before) || was?.running === now.running;
    await assertSame(installation, entry, now, stays ? now : was);
    if (was && !stays && was.others > 0) {
      throw new InstallError(
        `The CRM database "${nom}" is in use where it was: stop the servers, copy it once more and move it then, or what came in meanwhile is lost.`,
      );
    }
    const rest = (await listDatabases(databases.catalog)).filter((known) => known.nom !== nom);
    const other = await registeredAt(rest, catalogUrl, home, () => {});
    if (other) {
      throw new InstallError(`That SQL database is registered, as the CRM database "${other}".`);
    }
    await migrate(url, 'crm');
    // Before anybody is sent there: a server that runs would answer a pull.
    const held = await opened(entry, url, (database) => holdHere(database, stays, actor));
    // What stays behind is handed out by nobody: a catalog that is restored to before the move leads
    // there again. Where it takes no hold, as on a standby, it takes no pull either.
    if (was && !stays) {
      await opened(entry, before, (database) => hold(database, 'moved', actor)).catch(() => {});
    }
    await databases.catalog.transaction().execute(async (trx) => {
      await moveEntry(trx, nom, url);
      // Addresses hold passwords.
      await writeCatalogAudit(trx, { actor, act: 'database.move', target: `database:${nom}` });
    });
    return held;
  });
}

/** Runs work on a CRM database at an address, whatever the catalog says of it. */
async function opened<Result>(
  { nom, environment, sandbox }: CatalogEntry,
  url: string,
  work: (database: CrmDatabase) => Promise<Result>,
): Promise<Result> {
  const database = { ...openPool<Crm>(url, batchLimits), nom, environment, sandbox };
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Lets pulls wait in what may be a copy; tells whether they do. */
async function holdHere(database: CrmDatabase, stays: boolean, actor: string): Promise<boolean> {
  if (await holdAfterRestore(database)) return true;
  // A copy of the whole server looks like the same place.
  if (!stays) await hold(database, 'restored', actor);
  return !stays;
}

/** Server and SQL database of an address, without account and settings; `?host=` is of a socket. */
function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? hostname;
  return [host, searchParams.get('port') || port || '5432', pathname].join(' ');
}

/** Refuses a SQL database whose data are not those of the CRM database. */
async function assertSame(
  { databases }: Installation,
  { nom, environment }: CatalogEntry,
  now: Tenant,
  was: Tenant | undefined,
): Promise<void> {
  const { own, elsewhere } = await countRoutes(databases.catalog, nom, now.keys, now.sources);
  const same = was?.salt && now.salt ? was.salt === now.salt : own > 0;
  if (same && elsewhere === 0 && now.environments.every((one) => one === environment)) return;
  throw new InstallError(
    own === 0 && elsewhere === 0 && !was
      ? `Nobody can tell whether that is "${nom}": no key and no source of it is there, and where it was nothing answers. Nothing was changed.`
      : `That SQL database does not hold the data of "${nom}": copy them there first. Nothing was changed.`,
  );
}
