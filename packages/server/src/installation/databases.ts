import type { Kysely } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type Connected, openPool, type PoolLimits, type PoolState } from '../db/pool.ts';
import type { Environment } from '../keys/key.ts';
import {
  type CatalogEntry,
  findDatabase,
  findRoute,
  findSourceRoute,
  listDatabases,
} from '../store/catalog.ts';

/** A CRM database that is open in this process. */
export interface CrmDatabase extends Connected<Crm> {
  readonly nom: string;
  readonly environment: Environment;
  /** Its contacts are invented, and can be made what they were at the beginning. */
  readonly sandbox: boolean;
}

/** The catalog and the CRM databases it lists, each with a pool of its own. */
export interface Databases {
  readonly catalog: Kysely<Catalog>;
  /** The CRM database of this name, or undefined. */
  named(nom: string): Promise<CrmDatabase | undefined>;
  /** The CRM database that a key id opens, or undefined. */
  ofKey(keyId: string): Promise<CrmDatabase | undefined>;
  /** The CRM database that the source of this name feeds, or undefined. */
  ofSource(source: string): Promise<CrmDatabase | undefined>;
  all(): Promise<CrmDatabase[]>;
  /** The pools that are open in this process: `catalog`, and `crm:<name>` for each CRM database. */
  pools(): Map<string, PoolState>;
  close(): Promise<void>;
}

/** Where a CRM database is: in a SQL database of the catalog's server, or at a URL of its own. */
export function locate(entry: CatalogEntry, catalogUrl: string): string {
  if (entry.url !== null) return entry.url;
  const url = new URL(catalogUrl);
  url.pathname = `/${entry.sql_name}`;
  return url.href;
}

/**
 * Opens the catalog; CRM databases are opened on first use and stay open. One that was moved is
 * opened at its new address when they are next listed, which work in the background does every few
 * seconds.
 */
export function openDatabases(
  catalogUrl: string,
  limits: PoolLimits,
  onLost?: (error: Error) => void,
): Databases {
  const catalog = openPool<Catalog>(catalogUrl, limits, onLost);
  const open = new Map<string, { readonly database: CrmDatabase; readonly address: string }>();
  /** Of CRM databases that were moved: who works there goes on, and idle connections end. */
  const left: CrmDatabase[] = [];
  const routes = new Map<string, string>();

  // Routes never change, so one that was found is kept; one that was not may come yet.
  const follow = async (
    kind: 'key' | 'source',
    id: string,
    find: (catalog: Kysely<Catalog>, id: string) => Promise<string | undefined>,
  ) => {
    const name = `${kind} ${id}`;
    const nom = routes.get(name) ?? (await find(catalog.db, id));
    if (nom === undefined) return undefined;
    routes.set(name, nom);
    return databases.named(nom);
  };

  const opened = (entry: CatalogEntry): CrmDatabase => {
    const address = locate(entry, catalogUrl);
    const known = open.get(entry.nom);
    if (known?.address === address) return known.database;
    if (known) left.push(known.database);
    const { nom, environment, sandbox } = entry;
    const database = { ...openPool<Crm>(address, limits, onLost), nom, environment, sandbox };
    open.set(nom, { database, address });
    return database;
  };

  const databases: Databases = {
    catalog: catalog.db,
    async named(nom) {
      const known = open.get(nom);
      if (known) return known.database;
      const entry = await findDatabase(catalog.db, nom);
      return entry && opened(entry);
    },
    ofKey: (keyId) => follow('key', keyId, findRoute),
    ofSource: (source) => follow('source', source, findSourceRoute),
    async all() {
      return (await listDatabases(catalog.db)).map(opened);
    },
    pools: () =>
      new Map([
        ['catalog', catalog.state()],
        ...[...open].map(([nom, { database }]) => [`crm:${nom}`, database.state()] as const),
      ]),
    async close() {
      const all = [...left, ...[...open.values()].map(({ database }) => database)];
      await Promise.allSettled(all.map((database) => database.close()));
      await catalog.close();
    },
  };
  return databases;
}
