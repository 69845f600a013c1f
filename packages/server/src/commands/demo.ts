import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import type { CrmDatabase } from '../databases.ts';
import { demoJsonLines } from '../demo/dataset.ts';
import { createDatabase, type Installation } from '../installation.ts';
import { createKey } from '../keyring.ts';
import { sameHash } from '../keys/encoding.ts';
import { parseKey } from '../keys/key.ts';
import { startServer } from '../serve.ts';
import { insertClient, listClients } from '../store/clients.ts';
import { findKey } from '../store/keys.ts';
import { listStatuts } from '../store/lists.ts';
import { load } from '../transfer/load.ts';
import { demoAdmin } from './demoAdmin.ts';
import { keep, readKept } from './demoSecret.ts';
import { say } from './output.ts';
import { type ListenOptions, listenConfig, parsePort, untilStopped } from './serve.ts';

const DATABASE = 'demo';
const CLIENT = 'Promoteur Démo';
const REGIONS = [30, 62];
/** The demo's key, so that starting again prints the same: it opens invented data only. */
const KEY_FILE = 'demo-key';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the server on invented French data, with a key to try it')
    .option('-p, --port <port>', 'port to listen on (RELAIS_PORT, 8080)', parsePort)
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)')
    .addHelpText('after', '\nExample:\n  relais demo --port 8080')
    .action(async (options: ListenOptions) => {
      // Request logs would bury the key that is printed below, unless they are asked for.
      const config = listenConfig(options, { RELAIS_LOG_LEVEL: 'warn' });
      let key = '';
      let admin: Admin = { email: '', password: '' };
      const server = await startServer(config, {
        say,
        prepare: async (installation) => {
          key = await prepareDemo(installation, config);
          admin = await demoAdmin(installation, config.dataDir);
        },
      });
      console.log(welcome(server.url, key, admin));
      await untilStopped(server);
    });
}

/** Makes the demo's database, data, client and key, or finds them. Gives the key. */
async function prepareDemo(installation: Installation, config: Config): Promise<string> {
  let database = await installation.databases.named(DATABASE);
  if (!database) {
    await createDatabase(installation, DATABASE, { environment: 'live' });
    database = await installation.databases.named(DATABASE);
  }
  if (!database) throw new Error('the demo database is gone');
  if ((await listStatuts(database.db)).length === 0) {
    say('Loading the demo data …');
    await load(database.db, Readable.from(demoJsonLines({ now: new Date() })).map(Buffer.from));
  }
  return demoKey(installation, database, join(config.dataDir, KEY_FILE));
}

async function demoKey(
  { databases }: Installation,
  database: CrmDatabase,
  file: string,
): Promise<string> {
  const kept = await readKept(file);
  const parsed = parseKey(kept);
  const known = parsed && (await findKey(database.db, parsed.id));
  if (known && !known.revoked && sameHash(known.secret_hash, parsed.hash)) return kept;

  const clients = await listClients(database.db);
  const client =
    clients.find(({ nom }) => nom === CLIENT) ?? (await insertClient(database.db, CLIENT));
  const statuts = await listStatuts(database.db);
  const statut = (designation: string) =>
    statuts.find((row) => row.designation === designation)?.id ?? 0;
  const { text } = await createKey(
    databases,
    database,
    {
      id_client: client?.id ?? 0,
      regions: REGIONS,
      id_statut_ready: statut('À transmettre'),
      id_statut_pulled: statut('Transmis'),
      operations: null,
      ip_ranges: null,
      expires_at: null,
    },
    'command:demo',
  );
  await keep(file, text);
  return text;
}

type Admin = Awaited<ReturnType<typeof demoAdmin>>;

const welcome = (url: string, key: string, { email, password }: Admin): string => `
Relais is running on invented French data.

  Console        ${url}/  as ${email}
  Password       ${password ?? 'the one that you have set (a new link: relais staff link)'}
  Documentation  ${url}/docs
  Client API     POST ${url}/api/v1
  Demo key       ${key}

Try it, in another terminal:

  curl -s ${url}/api/v1 -H 'x-api-key: ${key}' -d '{"operation":"getRegions"}'
  curl -s ${url}/api/v1 -H 'x-api-key: ${key}' -d '{"operation":"readContacts","limit":1}'

Ctrl-C stops it. Started again, it finds its data.
`;
