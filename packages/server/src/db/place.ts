import { locks } from './locks.ts';
import { type Connection, connect, sqlState } from './pool.ts';

/** SQL for which SQL database this is, however it is reached: its server, and its number there. */
export const HOME = `(select system_identifier || ' ' || (
    select own.oid from pg_database own where own.datname = current_database())
  from pg_control_system())`;

/** A SQL database that a CRM database is to be in. */
interface Place {
  readonly home: string;
  readonly empty: boolean;
  /** Relais has brought it to a schema; which of the two, `migrate` tells. */
  readonly ours: boolean;
  /** `live`, `test` or both: what the keys in it are for. */
  readonly environments: readonly string[];
}

/**
 * Looks at a SQL database, and lets nobody else look at it in the same way until `run` has ended:
 * of those who would register it at once, under one address or several, the second finds the first.
 */
export async function atPlace<Result>(
  url: string,
  run: (place: Place) => Promise<Result>,
): Promise<Result> {
  const connection = await connect(url);
  try {
    await connection.query('select pg_advisory_lock($1)', [locks.place]);
    return await run(await lookAt(connection));
  } finally {
    await connection.end();
  }
}

async function lookAt(connection: Connection): Promise<Place> {
  const found = await connection.query<Omit<Place, 'environments'> & { keys: boolean }>(
    `select ${HOME} as home,
       not exists (select from pg_tables where schemaname = 'public') as empty,
       (select count(*) = 2 from pg_attribute
         where attrelid = to_regclass('public.migration') and attname in ('number', 'name')) as ours,
       to_regclass('public.api_key') is not null as keys`,
  );
  const [place] = found.rows;
  if (!place) throw new Error('PostgreSQL gave no answer');
  const keys =
    place.ours && place.keys
      ? await connection.query<{ environment: string }>('select distinct environment from api_key')
      : { rows: [] };
  return { ...place, environments: keys.rows.map(({ environment }) => environment) };
}

/** Which SQL database answers at `url`; undefined when there is none of that name any more. */
export async function homeAt(url: string): Promise<string | undefined> {
  let connection: Connection;
  try {
    connection = await connect(url);
  } catch (error) {
    if (sqlState(error) === '3D000') return undefined;
    throw error;
  }
  try {
    return (await connection.query<{ home: string }>(`select ${HOME} as home`)).rows[0]?.home;
  } finally {
    await connection.end();
  }
}

/** What tells the data of a CRM database from those of others, and who uses them where they are. */
export interface Tenant {
  /** The PostgreSQL server that runs, and which of its SQL databases: a copy of either is another. */
  readonly running: string;
  /** Random, made with the database and in each copy of it; null before there was one. */
  readonly salt: string | null;
  readonly keys: readonly string[];
  readonly sources: readonly string[];
  /** `live`, `test` or both: what the keys are for. */
  readonly environments: readonly string[];
  /** Connections of our account to this SQL database, but for our own. */
  readonly others: number;
}

/** Looks whose data are at an address; without the tables of a CRM database, nobody's. */
export async function lookAtTenant(url: string): Promise<Tenant> {
  const connection = await connect(url);
  try {
    const rows = async <Row>(from: string, columns: string): Promise<Row[]> => {
      const there = await connection.query<{ there: boolean }>(
        'select to_regclass($1) is not null as there',
        [`public.${from}`],
      );
      if (!there.rows[0]?.there) return [];
      return (await connection.query(`select ${columns} from public.${from}`)).rows as Row[];
    };
    const [salt] = await rows<{ salt: string }>('erasure_salt', `encode(salt, 'hex') as salt`);
    const keys = await rows<{ id: string; environment: string }>('api_key', 'id, environment');
    const sources = await rows<{ nom: string }>('source', 'nom');
    const found = await connection.query<{ running: string; others: number }>(
      `select ${HOME} || ' ' || extract(epoch from pg_postmaster_start_time()) as running,
         (select count(*) from pg_stat_activity other
           where other.datname = current_database() and other.usename = current_user
             and other.pid <> pg_backend_pid()) as others`,
    );
    const [here] = found.rows;
    if (!here) throw new Error('PostgreSQL gave no answer');
    return {
      ...here,
      salt: salt?.salt ?? null,
      keys: keys.map(({ id }) => id),
      sources: sources.map(({ nom }) => nom),
      environments: [...new Set(keys.map(({ environment }) => environment))],
    };
  } finally {
    await connection.end();
  }
}
