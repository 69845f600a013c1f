import { readdir, readFile } from 'node:fs/promises';
import { connect } from './pool.ts';

export type SchemaName = 'catalog' | 'crm';

const folder = (schema: SchemaName) => new URL(`../../migrations/${schema}/`, import.meta.url);

/** One number for the lock, the same in every process and version. */
const MIGRATION_LOCK = 7_235_401;

/**
 * Brings a SQL database to the newest schema this program knows. Any number of processes may call
 * it at once: they take turns, and each migration runs once, whole, or not at all. A database that
 * is newer than the program is left as it is.
 */
export async function migrate(url: string, schema: SchemaName): Promise<void> {
  const files = (await readdir(folder(schema)))
    .filter((name) => /^\d{4}_.*\.sql$/.test(name))
    .sort();
  const connection = await connect(url);
  try {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await connection.query(
      `create table if not exists migration (
         number integer primary key,
         name text not null,
         applied_at timestamptz not null default clock_timestamp())`,
    );
    const applied = await connection.query<{ number: number }>('select number from migration');
    const done = new Set(applied.rows.map((row) => row.number));
    for (const name of files) {
      const number = Number.parseInt(name, 10);
      if (done.has(number)) continue;
      const text = await readFile(new URL(name, folder(schema)), 'utf8');
      await connection.query('begin');
      await connection.query(text);
      await connection.query('insert into migration (number, name) values ($1, $2)', [
        number,
        name,
      ]);
      await connection.query('commit');
    }
  } finally {
    await connection.end();
  }
}
