import type { LoadCollection } from '@relais/contract';
import type { Kysely, Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { setHold } from '../store/hold.ts';
import {
  analyzeLoaded,
  finishLoad,
  openLoad,
  type StagedRecord,
  saysReceived,
  stageRecords,
} from '../store/load.ts';
import type { Fault } from '../store/loadChecks.ts';
import { identitiesOf } from './identities.ts';
import { LoadError } from './loadError.ts';
import { type ReadProgress, type ReadRecord, readRecords } from './readRecords.ts';

export { LoadError };

/** How many records of each collection were loaded. */
export type LoadSummary = Partial<Record<LoadCollection, number>>;

/** What came of a load. */
export interface Loaded {
  readonly summary: LoadSummary;
  /** The file says who has received what: pulls wait. */
  readonly held: boolean;
}

/** The most that is held at once: records, and bytes of the file. */
const BATCH = 2_000;
const BATCH_BYTES = 2 * 1024 * 1024;

/**
 * Loads a file, JSON or JSON Lines, into a CRM database: all of it or, with a LoadError, nothing.
 * Ids are kept. The file is read once and never held whole; its collections may be in any order.
 * Leads find its prospects by their telephones and e-mail addresses, as intake reads them, and by
 * the identities that the file gives: a value is its first owner's, of the database or the file.
 * Loads of one database take turns. A server may be at work meanwhile; should it insert the same
 * new id, or remove what the file refers to, PostgreSQL's error ends the load and nothing is loaded.
 * A file with clients, or with contacts that one has, is a dump or a part of one, and this a restore:
 * pulls are held until somebody ends that.
 */
export async function load(
  db: Kysely<Crm>,
  input: AsyncIterable<Uint8Array | string>,
  options: { onProgress?: (progress: ReadProgress) => void } = {},
): Promise<Loaded> {
  const loaded = await db.transaction().execute(async (trx) => {
    const summary = await loadWithin(trx, readRecords(input, options.onProgress));
    const held = Boolean(summary.clients) || (await saysReceived(trx));
    if (held) await setHold(trx, 'loaded');
    return { summary, held };
  });
  // What was committed is loaded, whatever happens now: autovacuum sees to the statistics later.
  await analyzeLoaded(db).catch(() => {});
  return loaded;
}

/** The same as a part of a transaction. */
export async function loadWithin(
  trx: Transaction<Crm>,
  input: AsyncIterable<ReadRecord>,
): Promise<LoadSummary> {
  const summary: LoadSummary = {};
  await openLoad(trx);
  for await (const batch of batches(input)) {
    for (const [collection, records] of Map.groupBy(batch, (record) => record.collection)) {
      await stageRecords(trx, collection, records);
      summary[collection] = (summary[collection] ?? 0) + records.length;
    }
  }
  const fault = await finishLoad(trx);
  if (fault) throw errorOf(fault);
  return summary;
}

type Staged = ReadRecord & StagedRecord;

async function* batches(records: AsyncIterable<ReadRecord>): AsyncGenerator<Staged[]> {
  let batch: Staged[] = [];
  let bytes = 0;
  for await (const record of records) {
    batch.push(withIdentities(record));
    bytes += record.size;
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

const withIdentities = (record: ReadRecord): Staged =>
  record.collection === 'prospects'
    ? { ...record, identities: identitiesOf(record.value) }
    : record;

const errorOf = ({ problem, ...place }: Fault) => new LoadError(place, `${problem}.`);
