import { Readable } from 'node:stream';
import type { Config } from '../config.ts';
import { InstallError } from '../db/administer.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { createDatabase, type Installation } from '../installation/installation.ts';
import { createSandbox } from '../sandbox/sandbox.ts';
import { listDatabases } from '../store/catalog.ts';
import { hasRequestedLeads } from '../store/demoPast.ts';
import { listStatuts } from '../store/lists.ts';
import { load } from '../transfer/load.ts';
import { demoAdmin } from './admin.ts';
import { type DemoClients, openClients, openSandboxClient } from './clients.ts';
import { demoJsonLines } from './dataset.ts';
import { type Door, openDoors } from './doors.ts';
import { importFair } from './fair.ts';
import { writeHistory } from './history.ts';

const DATABASE = 'demo';
const SANDBOX = 'sandbox';

/** All that the demo works with. */
export interface Demo {
  readonly admin: Awaited<ReturnType<typeof demoAdmin>>;
  readonly doors: ReadonlyMap<string, Door>;
  readonly clients: DemoClients;
  /** A key of the sandbox; undefined where a CRM database of another kind has its name. */
  readonly sandboxKey: string | undefined;
}

/** Makes the demo's databases, data, people, sources, clients and past, or finds them. */
export async function prepareDemo(
  installation: Installation,
  { dataDir }: Config,
  say: (sentence: string) => void,
): Promise<Demo> {
  await assertOurs(installation);
  const now = new Date();
  const database = await openDatabase(installation);
  if (await isEmpty(database)) {
    say('Loading the demo data …');
    await loadDataset(database, now);
  }
  const clients = await openClients(installation, database, dataDir);
  const doors = await openDoors(installation, database, dataDir);
  if (!(await hasRequestedLeads(database.db))) {
    say('Writing what came in and went out in the last 30 days …');
    await importFair(database);
    await writeHistory(database, doors, clients, now);
  }
  const sandboxKey = await prepareSandbox(installation, dataDir);
  return { admin: await demoAdmin(installation, dataDir), doors, clients, sandboxKey };
}

/** The demo makes keys and an admin: where somebody works, it has no business. */
async function assertOurs({ databases }: Installation): Promise<void> {
  const names = (await listDatabases(databases.catalog)).map(({ nom }) => nom);
  const others = names.filter((nom) => nom !== DATABASE && nom !== SANDBOX);
  if (names.length === 0 || (names.includes(DATABASE) && others.length === 0)) return;
  throw new InstallError(
    `This installation has CRM databases that are not the demo's (${names.join(', ')}): give the demo a RELAIS_DATA_DIR or DATABASE_URL of its own. Nothing was changed.`,
  );
}

async function prepareSandbox(
  installation: Installation,
  dataDir: string,
): Promise<string | undefined> {
  const known = await installation.databases.named(SANDBOX);
  const sandbox = known ?? (await createSandbox(installation, SANDBOX));
  if (!sandbox.sandbox) return undefined;
  return (await openSandboxClient(installation, sandbox, dataDir)).key;
}

async function openDatabase(installation: Installation): Promise<CrmDatabase> {
  const { databases } = installation;
  const known = await databases.named(DATABASE);
  if (known) return known;
  await createDatabase(installation, DATABASE, { environment: 'live' });
  const database = await databases.named(DATABASE);
  if (!database) throw new Error(`the CRM database ${DATABASE} is gone`);
  return database;
}

const isEmpty = async ({ db }: CrmDatabase): Promise<boolean> =>
  (await listStatuts(db)).length === 0;

const loadDataset = ({ db }: CrmDatabase, now: Date) =>
  load(db, Readable.from(demoJsonLines({ now })).map(Buffer.from));
