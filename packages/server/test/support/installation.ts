import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import type { LoadDocument } from '@relais/contract';
import { createKey, type IssuedKey, type KeyMapping } from '../../src/changes/keyring.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { batchLimits, connect } from '../../src/db/pool.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import {
  createDatabase,
  type Installation,
  openInstallation,
} from '../../src/installation/installation.ts';
import { insertClient, listClients } from '../../src/store/clients.ts';
import { load } from '../../src/transfer/load.ts';
import { PULLED, READY } from './crm.ts';
import { createFromTemplate } from './templates.ts';

/** The PostgreSQL server of this test run. */
export function testServerUrl(): string {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) throw new Error('TEST_DATABASE_URL is not set: run the tests with "npm test"');
  return url;
}

/** An installation of a test's own, with one empty CRM database "main". */
export interface TestInstallation extends Installation {
  readonly config: Config;
  readonly main: CrmDatabase;
  /** A further CRM database; without a name, of one that no other has. */
  create(nom?: string, environment?: 'live' | 'test'): Promise<CrmDatabase>;
  /** A key of a client, which is created when it is new; all regions unless told otherwise. */
  key(
    client: string,
    mapping?: Partial<KeyMapping> & { database?: CrmDatabase },
  ): Promise<IssuedKey>;
}

/** Opens a fresh installation on the test server; `close` drops its SQL databases. */
export async function freshInstallation(
  env: Record<string, string> = {},
): Promise<TestInstallation> {
  const serverUrl = testServerUrl();
  const name = `relais_test_${randomBytes(6).toString('hex')}`;
  await createFromTemplate(serverUrl, name, 'catalog');
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const config = readConfig({
    DATABASE_URL: url.href,
    RELAIS_LOG_LEVEL: 'silent',
    RELAIS_PORT: '0',
    RELAIS_RATE_LIMIT: '1000000',
    ...env,
  });
  const installation = await openInstallation(config, batchLimits);
  let created = 0;
  const create = async (given?: string, environment: 'live' | 'test' = 'live') => {
    created += 1;
    const nom = given ?? `crm${created}`;
    await createFromTemplate(serverUrl, `${name}_${nom}`, 'crm');
    await createDatabase(installation, nom, { environment });
    const database = await installation.databases.named(nom);
    if (!database) throw new Error(`no database ${nom}`);
    return database;
  };
  const main = await create('main');
  return {
    ...installation,
    config,
    main,
    create,
    async key(client, { database = main, ...mapping } = {}) {
      const clients = await listClients(database.db);
      const row =
        clients.find(({ nom }) => nom === client) ?? (await insertClient(database.db, client));
      return createKey(
        installation.databases,
        database,
        {
          id_client: row?.id ?? 0,
          regions: null,
          id_statut_ready: READY,
          id_statut_pulled: PULLED,
          operations: null,
          ip_ranges: null,
          expires_at: null,
          ...mapping,
        },
        'command:test',
      );
    },
    async close() {
      await installation.close();
      await dropDatabases(serverUrl, name);
    },
  };
}

/** The same for a test alone, with whose end it is closed. */
export async function installationFor(
  t: TestContext,
  env?: Record<string, string>,
): Promise<TestInstallation> {
  const installation = await freshInstallation(env);
  t.after(() => installation.close());
  return installation;
}

async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  const connection = await connect(serverUrl);
  const found = await connection.query<{ datname: string }>(
    `select datname from pg_database where starts_with(datname, $1)`,
    [prefix],
  );
  for (const { datname } of found.rows) {
    await connection.query(`drop database "${datname}" with (force)`);
  }
  await connection.end();
}

/** Loads a document through the same door as `relais load`. */
export async function loadInto(database: CrmDatabase, document: LoadDocument): Promise<void> {
  await load(database.db, Readable.from([Buffer.from(JSON.stringify(document))]));
}
