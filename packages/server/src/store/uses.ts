import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { List } from './lists.ts';

/** What can be referred to. */
export type Referred = List | 'region' | 'programme';

/** How many records of a kind refer to something. */
export interface Use {
  readonly what: 'action' | 'key' | 'programme' | 'source' | 'pull' | 'change';
  /** Counted up to `MOST_USES`. */
  readonly count: number;
}

/** From here on a use is "many". */
export const MOST_USES = 1000;

const rows = (table: string, columns: readonly string[]) => (id: number) => {
  const refers = columns.map((column) => sql`${sql.ref(column)} = ${id}`);
  return sql`select from ${sql.table(table)} where ${sql.join(refers, sql` or `)}`;
};

/** The programmes of a source: its default one and those that texts name. */
const sourcesOfProgramme = (id: number) => sql`
  select from source where source.id_programme = ${id} or exists (
    select from source_programme own where own.id_source = source.id and own.id_programme = ${id})`;

/** Those that may still be used: revoked ones lose the region. */
const keysOfRegion = (id: number) => sql`
  select from key_region own join api_key key on key.id = own.id_key
  where own.id_region = ${id} and key.revoked_at is null`;

type Uses = Partial<Record<Use['what'], (id: number) => RawBuilder<unknown>>>;

/** Who refers to each kind: each foreign key of the schema is one of these. */
const uses: Record<Referred, Uses> = {
  region: {
    programme: rows('programme', ['programme.id_region']),
    key: keysOfRegion,
  },
  programme: {
    action: rows('action', ['action.id_programme']),
    source: sourcesOfProgramme,
  },
  statut: {
    action: rows('action', ['action.id_statut']),
    key: rows('api_key', ['api_key.id_statut_ready', 'api_key.id_statut_pulled']),
    source: rows('source', ['source.id_statut', 'source.id_statut_review']),
    pull: rows('pull', ['pull.id_statut_ready', 'pull.id_statut_pulled']),
    change: rows('statut_change', ['statut_change.id_statut_from', 'statut_change.id_statut_to']),
  },
  origine: {
    action: rows('action', ['action.id_origine']),
    source: rows('source', ['source.id_origine']),
  },
  type_contact: {
    action: rows('action', ['action.id_type_contact']),
    source: rows('source', ['source.id_type_contact']),
  },
  type_action: {
    action: rows('action', ['action.id_type_action']),
    source: rows('source', ['source.id_type_action']),
  },
};

/** What refers to a record, with how many of each. */
export async function usesOf(db: Kysely<Crm>, kind: Referred, id: number): Promise<Use[]> {
  const counts = Object.entries(uses[kind]).map(
    ([what, refers]) => sql`
      select ${what} as what, count(*) as count from (${refers(id)} limit ${MOST_USES}) own`,
  );
  const found = await sql<Use>`${sql.join(counts, sql` union all `)}`.execute(db);
  return found.rows.filter(({ count }) => count > 0);
}
