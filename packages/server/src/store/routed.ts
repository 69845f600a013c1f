import { type Kysely, sql } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { DB as Crm } from '../db/crm.generated.ts';

/** What of a CRM database the catalog routes: the ids of its keys, the names of its sources. */
export interface Routed {
  readonly keys: readonly string[];
  readonly sources: readonly string[];
}

/** All that the catalog has to route to a CRM database. */
export async function listRouted(db: Kysely<Crm>): Promise<Routed> {
  const found = await sql<Routed>`
    select array(select key.id from api_key key) as keys,
      array(select source.nom from source) as sources`.execute(db);
  return found.rows[0] ?? { keys: [], sources: [] };
}

/**
 * Routes keys and sources to a CRM database; those that have a route keep it. In one order: two
 * processes that start at once never wait for each other in a circle.
 */
export async function addRoutes(
  catalog: Kysely<Catalog>,
  crmDatabase: string,
  { keys, sources }: Routed,
): Promise<void> {
  await sql`
    with own as (
      insert into key_route (key_id, crm_database)
      select given.id, ${crmDatabase} from unnest(${keys}::text[]) given (id)
      order by given.id
      on conflict do nothing
    )
    insert into source_route (source, crm_database)
    select given.nom, ${crmDatabase} from unnest(${sources}::text[]) given (nom)
    order by given.nom
    on conflict do nothing`.execute(catalog);
}
