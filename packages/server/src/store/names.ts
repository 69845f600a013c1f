import { type Kysely, type QueryExecutorProvider, sql } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { DB as Crm } from '../db/crm.generated.ts';

/** What an audit calls by its id, and the statement that gives each its name. */
const inCrm = {
  client: (ids: readonly string[]) => sql<Named>`
    select client.id::text as id, client.nom from client where client.id::text = any(${ids})`,
  key: (ids: readonly string[]) => sql<Named>`
    select key.id, client.nom from api_key key join client on client.id = key.id_client
    where key.id = any(${ids})`,
  pull: (ids: readonly string[]) => sql<Named>`
    select pull.id::text as id, client.nom || ' n° ' || pull.seq as nom
    from pull join client on client.id = pull.id_client
    where pull.id = any(array(
      select own.id::uuid from unnest(${ids}::text[]) own (id) where own.id ~ ${UUID}))`,
  region: (ids: readonly string[]) => sql<Named>`
    select region.id::text as id, region.nom from region where region.id::text = any(${ids})`,
  programme: (ids: readonly string[]) => sql<Named>`
    select programme.id::text as id, programme.nom from programme
    where programme.id::text = any(${ids})`,
  statut: (ids: readonly string[]) => designations('statut', ids),
  origine: (ids: readonly string[]) => designations('origine', ids),
  type_contact: (ids: readonly string[]) => designations('type_contact', ids),
  type_action: (ids: readonly string[]) => designations('type_action', ids),
};

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

const designations = (list: string, ids: readonly string[]) => sql<Named>`
  select own.id::text as id, own.designation as nom from ${sql.table(list)} own
  where own.id::text = any(${ids})`;

const inCatalog = {
  staff: (ids: readonly string[]) => sql<Named>`
    select staff.id::text as id, staff.nom from staff where staff.id::text = any(${ids})`,
};

type Named = { readonly id: string; readonly nom: string };

/**
 * The names behind the actors and targets of an audit, by what the audit calls them: `client:12`,
 * `staff:3`. What has no name, or is gone, is left out. A source's name is what it is called by.
 */
export async function namesOf(
  catalog: Kysely<Catalog>,
  db: Kysely<Crm>,
  called: Iterable<string>,
): Promise<Map<string, string>> {
  const ids = new Map<string, Set<string>>();
  for (const text of called) {
    const [, kind = '', id = ''] = /^(\w+):(.+)$/.exec(text) ?? [];
    ids.set(kind, (ids.get(kind) ?? new Set()).add(id));
  }
  const names = new Map<string, string>();
  const look = async (db: QueryExecutorProvider, all: typeof inCatalog | typeof inCrm) => {
    for (const [kind, statement] of Object.entries(all)) {
      const wanted = [...(ids.get(kind) ?? [])];
      if (wanted.length === 0) continue;
      const { rows } = await statement(wanted).execute(db);
      for (const { id, nom } of rows) names.set(`${kind}:${id}`, nom);
    }
  };
  await look(catalog, inCatalog);
  await look(db, inCrm);
  return names;
}
