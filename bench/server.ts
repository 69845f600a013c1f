import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSqlDatabase } from '../packages/server/src/db/administer.ts';
import { openEmbedded } from '../packages/server/src/db/embedded.ts';
import { connect } from '../packages/server/src/db/pool.ts';

/** A PostgreSQL server of this run: the one of TEST_DATABASE_URL, or an embedded one of its own. */
async function openPostgres(cleanup: AsyncDisposableStack): Promise<string> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return given;
  const dataDir = await mkdtemp(join(tmpdir(), 'relais-bench-'));
  cleanup.defer(() => rm(dataDir, { recursive: true, force: true }));
  await chmod(dataDir, 0o755);
  const engine = await openEmbedded({ dataDir, dataDirIsDefault: false });
  cleanup.defer(() => engine.close());
  return engine.url('postgres');
}

/** The URL of an empty catalog; it and the CRM databases beside it are dropped by the cleanup. */
export async function openCatalog(cleanup: AsyncDisposableStack): Promise<string> {
  const serverUrl = await openPostgres(cleanup);
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
