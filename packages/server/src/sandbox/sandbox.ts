import { Readable } from 'node:stream';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { type DemoRecord, demoDataset } from '../demo/dataset.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import { createDatabase, type Installation } from '../installation/installation.ts';
import { Refusal } from '../refusal.ts';
import { stopJobs } from '../store/jobs.ts';
import { takeTurnToLoad } from '../store/load.ts';
import { clearContacts, lockClients, lockContacts } from '../store/sandbox.ts';
import { load, loadWithin } from '../transfer/load.ts';
import { readRecords } from '../transfer/readRecords.ts';

/** Makes the data the same each time. */
const SEED = { now: new Date('2026-01-31T12:00:00Z'), seed: 2026 };

/** When to ask again while a job runs. */
const RETRY_SECONDS = 5;

/**
 * Its persons and actions have ids that no live one comes to, and that a column of 32 bits holds.
 * Clients keep what they receive under its action id and pass over one that they know: who rehearses
 * with the store that they go live with would pass over live contacts.
 */
const FIRST_ID = 2_000_000_000;

function apart(entry: DemoRecord): DemoRecord {
  const { collection, record } = entry;
  if (collection === 'prospects') {
    return { collection, record: { ...record, id: FIRST_ID + record.id } };
  }
  if (collection !== 'actions') return entry;
  const { id, idProspect } = record;
  return {
    collection,
    record: { ...record, id: FIRST_ID + id, idProspect: FIRST_ID + idProspect },
  };
}

function* lines(): Generator<string> {
  for (const entry of demoDataset(SEED)) {
    const { collection, record } = apart(entry);
    yield `${JSON.stringify({ collection, ...record })}\n`;
  }
}

const records = () => Readable.from(lines());

/** The people and what they asked: the lists stay as they are. */
async function* contacts() {
  for await (const record of readRecords(records())) {
    if (record.collection === 'prospects' || record.collection === 'actions') yield record;
  }
}

/** Creates a CRM database whose contacts are invented, and can be made anew by a test key. */
export async function createSandbox(
  installation: Installation,
  nom: string,
  url?: string,
): Promise<CrmDatabase> {
  await createDatabase(installation, nom, { environment: 'test', sandbox: true, url });
  const database = await installation.databases.named(nom);
  if (!database) throw new Error(`the sandbox ${nom} is gone`);
  await load(database.db, records());
  return database;
}

/**
 * Makes the contacts of a sandbox what they were at the beginning and forgets all pulls, imports and
 * jobs. Pulls wait for its end. Clients, keys, sources and lists stay. Refused while a job runs,
 * which would write of persons that are gone.
 */
export async function resetWithin(trx: Transaction<Crm>): Promise<void> {
  await takeTurnToLoad(trx);
  await lockClients(trx);
  const job = await stopJobs(trx);
  if (job) {
    throw new Refusal(
      'unavailable',
      `The job ${job.id} (${job.kind}) works in this sandbox: nothing was changed.`,
      RETRY_SECONDS,
    );
  }
  await lockContacts(trx);
  await clearContacts(trx);
  await loadWithin(trx, contacts());
}
