import type { Config } from '../config.ts';
import { createSqlDatabase, InstallError } from '../db/administer.ts';
import { openEmbedded } from '../db/embedded.ts';
import { migrate } from '../db/migrate.ts';
import { atPlace, homeAt } from '../db/place.ts';
import type { PoolLimits } from '../db/pool.ts';
import type { Environment } from '../keys/key.ts';
import { type CatalogEntry, insertDatabase, listDatabases } from '../store/catalog.ts';
import { addRoutes, listRouted, type Routed } from '../store/routed.ts';
import { type Databases, locate, openDatabases } from './databases.ts';
import { holdAfterRestore } from './holding.ts';

/** The catalog's SQL database in the embedded server. */
export const EMBEDDED_CATALOG = 'relais';

/** An installation that is open: its PostgreSQL runs and its catalog is up to date. */
export interface Installation {
  readonly databases: Databases;
  readonly catalogUrl: string;
  close(): Promise<void>;
  /** Leaves in the middle of what is under way: an embedded server that nobody else uses stops. */
  abandon(): Promise<void>;
}

/**
 * Opens the installation that the configuration names: the PostgreSQL server of DATABASE_URL, or
 * the embedded one in the data directory, which is started when nobody runs it yet.
 */
export async function openInstallation(
  config: Config,
  limits: PoolLimits,
  options: { say?: (sentence: string) => void; onLost?: (error: Error) => void } = {},
): Promise<Installation> {
  const engine = config.databaseUrl
    ? undefined
    : await openEmbedded({
        dataDir: config.dataDir,
        dataDirIsDefault: config.dataDirIsDefault,
        ...(options.say ? { say: options.say } : {}),
      });
  try {
    const catalogUrl = config.databaseUrl ?? engine?.url(EMBEDDED_CATALOG) ?? '';
    if (engine) await createSqlDatabase(engine.url('postgres'), EMBEDDED_CATALOG);
    await migrate(catalogUrl, 'catalog');
    const databases = openDatabases(catalogUrl, limits, options.onLost);
    return {
      databases,
      catalogUrl,
      async close() {
        await databases.close();
        await engine?.close();
      },
      async abandon() {
        await engine?.close();
      },
    };
  } catch (error) {
    await engine?.close();
    throw error;
  }
}

/** Brings every CRM database to the newest schema; gives those where that failed, and why. */
export async function migrateAll(installation: Installation): Promise<Map<string, unknown>> {
  const entries = await listDatabases(installation.databases.catalog);
  const failed = new Map<string, unknown>();
  await Promise.all(
    entries.map(async (entry) => {
      try {
        await migrate(locate(entry, installation.catalogUrl), 'crm');
        const database = await installation.databases.named(entry.nom);
        if (database) await holdAfterRestore(database);
      } catch (error) {
        failed.set(entry.nom, error);
      }
    }),
  );
  await completeRoutes(installation);
  return failed;
}

/**
 * Gives the catalog the routes that it lacks, of keys and sources that were made after the backup
 * it was restored from: whoever shows one would be refused. What two CRM databases have, as where
 * one is a copy of the other, could be meant for either, and gets none; nor does anything while one
 * of them does not answer.
 */
async function completeRoutes({ databases }: Installation): Promise<void> {
  const all = await databases.all();
  const found = await Promise.all(all.map(({ db }) => listRouted(db))).catch(() => []);
  const once = (kind: keyof Routed) => {
    const times = new Map<string, number>();
    for (const name of found.flatMap((routed) => routed[kind])) {
      times.set(name, (times.get(name) ?? 0) + 1);
    }
    return (name: string) => times.get(name) === 1;
  };
  for (const [index, { keys, sources }] of found.entries()) {
    await addRoutes(databases.catalog, all[index]?.nom ?? '', {
      keys: keys.filter(once('keys')),
      sources: sources.filter(once('sources')),
    });
  }
}

/**
 * Creates a CRM database: at `url`, or as a new SQL database beside the catalog. What an earlier
 * attempt left half done is taken up again, and so is a CRM database that is registered nowhere.
 */
export async function createDatabase(
  installation: Installation,
  nom: string,
  options: { environment: Environment; url?: string | undefined; sandbox?: boolean },
): Promise<void> {
  const own = options.url === undefined;
  const catalogName = decodeURIComponent(new URL(installation.catalogUrl).pathname.slice(1));
  const entry: CatalogEntry = {
    nom,
    environment: options.environment,
    sandbox: options.sandbox ?? false,
    sql_name: own ? `${catalogName || EMBEDDED_CATALOG}_${nom}` : null,
    url: options.url ?? null,
  };
  const taken = new InstallError(`There is a CRM database "${nom}" already, or one at this place.`);
  const entries = await listDatabases(installation.databases.catalog);
  if (entries.some((known) => known.nom === nom)) throw taken;
  if (entry.sql_name) await createSqlDatabase(installation.catalogUrl, entry.sql_name);
  const url = locate(entry, installation.catalogUrl);
  await atPlace(url, async (place) => {
    if (!place.empty && !place.ours) {
      throw new InstallError(
        'That SQL database holds tables of something else: name an empty one.',
      );
    }
    if (place.ours) await assertUnregistered(installation, place.home);
    const [other] = place.environments.filter((one) => one !== options.environment);
    if (other) {
      throw new InstallError(
        `That SQL database holds ${other} keys, which a ${options.environment} database may not: register it with --environment ${other}.`,
      );
    }
    await migrate(url, 'crm');
    if (!(await insertDatabase(installation.databases.catalog, entry))) throw taken;
    // A server that runs takes it up without a start: where it is has to be known before a backup.
    const database = await installation.databases.named(nom);
    if (database) await holdAfterRestore(database);
    if (place.ours) await completeRoutes(installation);
  });
}

/** Refuses a SQL database that the catalog has already, whatever address it has there. */
async function assertUnregistered(
  { databases, catalogUrl }: Installation,
  home: string,
): Promise<void> {
  const entries = await listDatabases(databases.catalog);
  const known = await registeredAt(entries, catalogUrl, home, (nom) => {
    throw new InstallError(
      `The CRM database "${nom}" does not answer, so that nobody can tell whether it is this one: try again when it does.`,
    );
  });
  if (known !== undefined) {
    throw new InstallError(
      `That SQL database is registered already, as the CRM database "${known}".`,
    );
  }
}

/** Which of these CRM databases is at a home; those that do not answer are told to `away`. */
export async function registeredAt(
  entries: readonly CatalogEntry[],
  catalogUrl: string,
  home: string,
  away: (nom: string) => void,
): Promise<string | undefined> {
  for (const entry of entries) {
    const known = await homeAt(locate(entry, catalogUrl)).catch(() => away(entry.nom));
    if (known === home) return entry.nom;
  }
  return undefined;
}
