import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { Environment } from '../keys/key.ts';

export interface CatalogEntry {
  readonly nom: string;
  readonly environment: Environment;
  /** Its contacts are invented, and can be made what they were at the beginning. */
  readonly sandbox: boolean;
  /** A SQL database on the catalog's server; null when `url` says where it is. */
  readonly sql_name: string | null;
  readonly url: string | null;
}

const entries = (catalog: Kysely<Catalog>) =>
  catalog
    .selectFrom('crm_database')
    .select(['crm_database.nom', 'crm_database.sql_name', 'crm_database.url'])
    .select('crm_database.sandbox')
    .select((column) =>
      column.ref('crm_database.environment').$castTo<Environment>().as('environment'),
    );

/** Every CRM database, by name. */
export async function listDatabases(catalog: Kysely<Catalog>): Promise<CatalogEntry[]> {
  return entries(catalog).orderBy('crm_database.nom').execute();
}

export async function findDatabase(
  catalog: Kysely<Catalog>,
  nom: string,
): Promise<CatalogEntry | undefined> {
  return entries(catalog).where('crm_database.nom', '=', nom).executeTakeFirst();
}

/** Registers a CRM database; false when the name or the place is taken. */
export async function insertDatabase(
  catalog: Kysely<Catalog>,
  entry: CatalogEntry,
): Promise<boolean> {
  const done = await catalog
    .insertInto('crm_database')
    .values(entry)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Gives a CRM database another address. Servers that run take it up when they next list them. */
export async function moveEntry(
  trx: Transaction<Catalog>,
  nom: string,
  url: string,
): Promise<void> {
  await trx
    .updateTable('crm_database')
    .set({ url, sql_name: null })
    .where('crm_database.nom', '=', nom)
    .execute();
}

/** How many of these keys and sources are routed to a CRM database, and how many to others. */
export async function countRoutes(
  catalog: Kysely<Catalog>,
  nom: string,
  keys: readonly string[],
  sources: readonly string[],
): Promise<{ own: number; elsewhere: number }> {
  const found = await sql<{ own: number; elsewhere: number }>`
    select count(*) filter (where route.crm_database = ${nom}) as own,
      count(*) filter (where route.crm_database <> ${nom}) as elsewhere
    from (
      select key_route.crm_database from key_route
      where key_route.key_id = any(${keys}::text[])
      union all
      select source_route.crm_database from source_route
      where source_route.source = any(${sources}::text[])
    ) route`.execute(catalog);
  return found.rows[0] ?? { own: 0, elsewhere: 0 };
}

/** The CRM database that a key id opens. A route never changes. */
export async function findRoute(
  catalog: Kysely<Catalog>,
  keyId: string,
): Promise<string | undefined> {
  const route = await catalog
    .selectFrom('key_route')
    .select('key_route.crm_database')
    .where('key_route.key_id', '=', keyId)
    .executeTakeFirst();
  return route?.crm_database;
}

export async function insertRoute(
  catalog: Kysely<Catalog>,
  keyId: string,
  crmDatabase: string,
): Promise<void> {
  await catalog
    .insertInto('key_route')
    .values({ key_id: keyId, crm_database: crmDatabase })
    .execute();
}

/** The CRM database that a source feeds. A route never changes. */
export async function findSourceRoute(
  catalog: Kysely<Catalog>,
  source: string,
): Promise<string | undefined> {
  const route = await catalog
    .selectFrom('source_route')
    .select('source_route.crm_database')
    .where('source_route.source', '=', source)
    .executeTakeFirst();
  return route?.crm_database;
}

/** Routes a new source; false when its name is taken in another CRM database. */
export async function insertSourceRoute(
  catalog: Kysely<Catalog>,
  source: string,
  crmDatabase: string,
): Promise<boolean> {
  await catalog
    .insertInto('source_route')
    .values({ source, crm_database: crmDatabase })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await findSourceRoute(catalog, source)) === crmDatabase;
}
