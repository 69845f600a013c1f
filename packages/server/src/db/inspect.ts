import { VERSION, type Version } from './administer.ts';
import { type Applied, migrationFiles, ofOtherKind, type SchemaName } from './migrate.ts';
import { type Connection, connect, SETTINGS_ARRIVED } from './pool.ts';

/** A SQL database and its server as they are; nothing is changed by looking. */
export interface SqlDatabaseFacts extends Version {
  /** Which server it is on: the same for all databases of one, wherever they are reached. */
  readonly server: string;
  readonly encoding: string;
  /** Nothing on the way, such as a pooler, drops the settings of connections. */
  readonly direct: boolean;
  /** Settings that decide whether what was confirmed survives, as they hold here. */
  readonly durability: readonly { readonly name: string; readonly setting: string }[];
  /** Connections that our account may open, as an account without privileges. */
  readonly connections: number;
  readonly autovacuum: boolean;
  readonly standby: boolean;
  /** It knows the days of Paris. */
  readonly time_zones: boolean;
  /** Our account may make SQL databases on this server, and apply migrations to this one. */
  readonly may_create: boolean;
  readonly may_migrate: boolean;
  /** `installed` in this database, `available` to be, or `missing`. */
  readonly pg_trgm: 'installed' | 'available' | 'missing';
  /** How far its clock is ahead of ours, milliseconds, to about the time of a round trip. */
  readonly clock_ahead: number;
  /**
   * Which migrations it lacks, which it has that this program does not know, and one by which it is
   * no database of this kind.
   */
  readonly migrations: {
    readonly pending: string[];
    readonly newer: string[];
    readonly other: string | undefined;
  };
}

type Row = Omit<SqlDatabaseFacts, 'clock_ahead' | 'migrations'>;

/** Looks at a SQL database through a connection of its own; fails as connecting does. */
export async function inspectSqlDatabase(
  url: string,
  schema: SchemaName,
): Promise<SqlDatabaseFacts> {
  const connection = await connect(url);
  try {
    const found = await connection.query<Row>(
      `select (select system_identifier::text from pg_control_system()) as server,
         ${VERSION},
         current_setting('server_encoding') as encoding,
         ${SETTINGS_ARRIVED} as direct,
         (select jsonb_agg(jsonb_build_object('name', name, 'setting', setting) order by name)
           from pg_settings
           where name in ('fsync', 'full_page_writes', 'synchronous_commit')) as durability,
         least(
           current_setting('max_connections')::integer
             - current_setting('superuser_reserved_connections')::integer
             - coalesce(current_setting('reserved_connections', true)::integer, 0),
           (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user)
         ) as connections,
         current_setting('autovacuum') = 'on' as autovacuum,
         pg_is_in_recovery() as standby,
         (select rolcreatedb or rolsuper from pg_roles where rolname = current_user) as may_create,
         has_schema_privilege('public', 'create') and not exists (
           select from pg_tables
           where schemaname = 'public' and not pg_has_role(tableowner, 'usage')) as may_migrate,
         exists (select from pg_timezone_names where name = 'Europe/Paris') as time_zones,
         case when exists (select from pg_extension where extname = 'pg_trgm') then 'installed'
           when exists (select from pg_available_extensions where name = 'pg_trgm')
             then 'available'
           else 'missing' end as pg_trgm`,
    );
    const [row] = found.rows;
    if (!row) throw new Error('PostgreSQL gave no answer');
    return {
      ...row,
      clock_ahead: await clockAhead(connection),
      migrations: await compareMigrations(connection, schema),
    };
  } finally {
    await connection.end();
  }
}

async function clockAhead(connection: Connection): Promise<number> {
  const before = Date.now();
  const found = await connection.query<{ ms: number }>(
    'select extract(epoch from clock_timestamp())::float8 * 1000 as ms',
  );
  return (found.rows[0]?.ms ?? 0) - (before + Date.now()) / 2;
}

async function compareMigrations(connection: Connection, schema: SchemaName) {
  const known = await migrationFiles(schema);
  const exists = await connection.query<{ there: boolean }>(
    `select to_regclass('public.migration') is not null as there`,
  );
  const applied = exists.rows[0]?.there
    ? await connection.query<Applied>('select number, name from migration')
    : { rows: [] };
  const numbers = new Set(applied.rows.map((row) => row.number));
  const newest = Math.max(0, ...known.map((name) => Number.parseInt(name, 10)));
  return {
    pending: known.filter((name) => !numbers.has(Number.parseInt(name, 10))),
    newer: applied.rows.filter((row) => row.number > newest).map((row) => row.name),
    other: ofOtherKind(known, applied.rows),
  };
}
