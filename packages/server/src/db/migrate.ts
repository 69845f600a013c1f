import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { assertVersion, InstallError, VERSION, type Version } from './administer.ts';
import { locks } from './locks.ts';
import { type Connection, connect, lockTimedOut, SETTINGS_ARRIVED } from './pool.ts';

export type SchemaName = 'catalog' | 'crm';

const folder = (schema: SchemaName) => new URL(`../../migrations/${schema}/`, import.meta.url);

/** The file names of the migrations that this program knows, in order: `0001_crm.sql`. */
export const migrationFiles = async (schema: SchemaName): Promise<string[]> =>
  (await readdir(folder(schema))).filter((name) => /^\d{4}_.*\.sql$/.test(name)).sort();

/**
 * How long a migration waits for a lock, milliseconds, and how often. Whoever wants the same table
 * waits behind it: so it is less than what a request has the patience for, and tried again later.
 */
const LOCK_PATIENCE = 1_000;
const PAUSE = 500;
const MOST_ATTEMPTS = 200;

/**
 * Brings a SQL database to the newest schema this program knows. Any number of processes may call
 * it at once: they take turns, and each migration runs once, whole, or not at all. A database that
 * is newer than the program is left as it is; one of the other kind is refused.
 */
export async function migrate(url: string, schema: SchemaName): Promise<void> {
  const files = await migrationFiles(schema);
  const connection = await connect(url);
  try {
    await assertUsable(connection);
    await connection.query('select pg_advisory_lock($1)', [locks.migration]);
    await connection.query(
      `create table if not exists migration (
         number integer primary key,
         name text not null,
         applied_at timestamptz not null default clock_timestamp())`,
    );
    const applied = await connection.query<Applied>('select number, name from migration');
    assertKind(schema, files, applied.rows);
    const done = new Set(applied.rows.map((row) => row.number));
    for (const name of files) {
      const number = Number.parseInt(name, 10);
      if (done.has(number)) continue;
      const text = await readFile(new URL(name, folder(schema)), 'utf8');
      await apply(connection, text, { number, name });
    }
  } finally {
    await connection.end();
  }
}

/**
 * Names of people are in any script; and a session lock through a pooler that hands connections from
 * one to another would be held by nobody for good.
 */
async function assertUsable(connection: Connection): Promise<void> {
  const found = await connection.query<
    Version & { name: string; encoding: string; direct: boolean }
  >(
    `select current_database() as name, current_setting('server_encoding') as encoding,
       ${SETTINGS_ARRIVED} as direct, ${VERSION}`,
  );
  const [own] = found.rows;
  if (own) assertVersion(own);
  if (own && !own.direct) {
    throw new InstallError(
      `A pooler such as PgBouncer stands before the SQL database "${own.name}" and drops the settings of connections: name PostgreSQL itself. Nothing was changed.`,
    );
  }
  if (!own || own.encoding === 'UTF8') return;
  throw new InstallError(
    `The SQL database "${own.name}" has the encoding ${own.encoding}: create it anew with encoding UTF8.`,
  );
}

/** A row of `migration`. */
export interface Applied {
  readonly number: number;
  readonly name: string;
}

/**
 * A migration that was applied to a SQL database of the other kind, or undefined: the numbers begin
 * at 1 in both, and what tells them apart are the names of those that are known.
 */
export function ofOtherKind(
  files: readonly string[],
  applied: readonly Applied[],
): string | undefined {
  const names = new Map(files.map((name) => [Number.parseInt(name, 10), name]));
  return applied.find(({ number, name }) => (names.get(number) ?? name) !== name)?.name;
}

function assertKind(
  schema: SchemaName,
  files: readonly string[],
  applied: readonly Applied[],
): void {
  const other = ofOtherKind(files, applied);
  if (other === undefined) return;
  throw new InstallError(
    schema === 'catalog'
      ? `The SQL database of DATABASE_URL is not the catalog (${other} was applied to it): name the one that holds the catalog. Nothing was changed.`
      : `That SQL database is not a CRM database (${other} was applied to it): name an empty one. Nothing was changed.`,
  );
}

/** Applies a migration in one transaction; makes room for others while it has to wait for a lock. */
async function apply(
  connection: Connection,
  text: string,
  { number, name }: { number: number; name: string },
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await connection.query('begin');
      await connection.query(`set local lock_timeout = ${LOCK_PATIENCE}`);
      await connection.query(text);
      await connection.query('insert into migration (number, name) values ($1, $2)', [
        number,
        name,
      ]);
      await connection.query('commit');
      return;
    } catch (error) {
      if (!lockTimedOut(error) || attempt === MOST_ATTEMPTS) throw error;
      await connection.query('rollback');
      await delay(PAUSE);
    }
  }
}
