import { randomBytes } from 'node:crypto';
import { createSqlDatabase } from '../packages/server/src/db/administer.ts';
import { connect } from '../packages/server/src/db/pool.ts';
import { openScratchPostgres } from '../scripts/scratchPostgres.ts';

/**
 * The URL of an empty catalog, on the server of TEST_DATABASE_URL or an embedded one; it and the CRM
 * databases beside it are dropped by the cleanup.
 */
export async function openCatalog(cleanup: AsyncDisposableStack): Promise<string> {
  const { url: serverUrl, close } = await openScratchPostgres();
  cleanup.defer(close);
  const name = `relais_bench_${randomBytes(4).toString('hex')}`;
  cleanup.defer(() => dropDatabases(serverUrl, name));
  await createSqlDatabase(serverUrl, name);
  return sqlDatabase(serverUrl, name);
}

/** The URL of another SQL database on the same server. */
export function sqlDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const connection = await connect(serverUrl);
  try {
    const found = await connection.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of found.rows) {
      await connection.query(`drop database "${datname}" with (force)`);
    }
  } finally {
    await connection.end();
  }
}
