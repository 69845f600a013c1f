import type { LoadCollection } from '@relais/contract';
import type { Kysely } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { analyzeLoaded, type Fault, finishLoad, openLoad, stageRecords } from '../store/load.ts';
import { LoadError } from './loadError.ts';
import { type ReadProgress, type ReadRecord, readRecords } from './readRecords.ts';

export { LoadError };

/** How many records of each collection were loaded. */
export type LoadSummary = Partial<Record<LoadCollection, number>>;

/** Records held at once. */
const BATCH = 2_000;

/**
 * Loads a file, JSON or JSON Lines, into a CRM database: all of it or, with a LoadError, nothing.
 * Ids are kept. The file is read once and never held whole; its collections may be in any order.
 */
export async function load(
  db: Kysely<Crm>,
  input: AsyncIterable<Uint8Array | string>,
  options: { onProgress?: (progress: ReadProgress) => void } = {},
): Promise<LoadSummary> {
  const summary: LoadSummary = {};
  await db.transaction().execute(async (trx) => {
    await openLoad(trx);
    let batch: ReadRecord[] = [];
    const stage = async () => {
      for (const [collection, records] of Map.groupBy(batch, (record) => record.collection)) {
        await stageRecords(trx, collection, records);
        summary[collection] = (summary[collection] ?? 0) + records.length;
      }
      batch = [];
    };
    for await (const record of readRecords(input, options.onProgress)) {
      batch.push(record);
      if (batch.length === BATCH) await stage();
    }
    await stage();
    const fault = await finishLoad(trx);
    if (fault) throw errorOf(fault);
  });
  await analyzeLoaded(db);
  return summary;
}

const errorOf = ({ problem, ...place }: Fault) => new LoadError(place, `${problem}.`);
