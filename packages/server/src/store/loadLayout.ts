import { type LoadCollection, loadCollections } from '@relais/contract';
import { sql } from 'kysely';

/** Where a collection lies. */
interface Home {
  readonly table: string;
  /** A unique member beside the id. */
  readonly unique?: 'designation' | 'nom' | 'value';
  /** Records that may be there already, if they say the same. */
  readonly shared: boolean;
}

const list = (table: string): Home => ({ table, unique: 'designation', shared: true });

const homes: Record<LoadCollection, Home> = {
  regions: { table: 'region', shared: true },
  programmes: { table: 'programme', shared: false },
  statuts: list('statut'),
  origines: list('origine'),
  types_contact: list('type_contact'),
  types_action: list('type_action'),
  clients: { table: 'client', unique: 'nom', shared: true },
  prospects: { table: 'prospect', shared: false },
  identities: { table: 'prospect_identity', unique: 'value', shared: true },
  actions: { table: 'action', shared: false },
};

/** A member of the format and its column: `idProgramme` is `id_programme`. */
export interface Member {
  readonly name: string;
  readonly column: string;
  readonly type: 'bigint' | 'timestamptz' | 'text';
}

function memberOf(name: string): Member {
  const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  if (column === 'id' || column.startsWith('id_')) return { name, column, type: 'bigint' };
  return { name, column, type: name.endsWith('_at') ? 'timestamptz' : 'text' };
}

/** A collection with its table and members. */
export interface Layout extends Home {
  readonly collection: LoadCollection;
  readonly members: readonly Member[];
}

/** In the order of the format, in which each collection comes after those that it refers to. */
export const layouts: readonly Layout[] = Object.entries(loadCollections).map(
  ([collection, record]) => ({
    ...homes[collection as LoadCollection],
    collection: collection as LoadCollection,
    members: Object.keys(record.shape).map(memberOf),
  }),
);

export const layoutOf = (test: (layout: Layout) => boolean): Layout => {
  const layout = layouts.find(test);
  if (!layout) throw new Error('no such collection');
  return layout;
};

/**
 * Where a collection's records wait. Its columns have the members' names, so that records go in as
 * they are and a fault is told in the words of the file.
 */
export const stageOf = (collection: LoadCollection) => sql.table(`load_${collection}`);
/** The columns of a stage beside a record's place: its members and what was read from them. */
export const definitions = ({ collection, members }: Layout) =>
  sql.join([
    ...members.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type)}`),
    ...(collection === 'prospects' ? [sql`identities text[]`] : []),
  ]);
