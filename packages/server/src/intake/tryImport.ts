import type { CrmDatabase } from '../installation/databases.ts';
import type { Source } from '../store/sources.ts';
import { admitRows, batches, type Verdict } from './admitRows.ts';
import type { ImportPlan } from './file/planImport.ts';
import { inTransaction } from './inTransaction.ts';

/**
 * Tells for each row of a file what an import would make of it, and keeps nothing: the rows go
 * through the routine of every door, and are undone. That happens a batch at a time, so that live
 * leads never wait long: of two rows of one person, the second is seen as such when both are in one
 * batch.
 */
export async function tryImport(
  { db }: CrmDatabase,
  source: Source,
  plan: ImportPlan,
  onRow: (verdict: Verdict) => Promise<void> | void,
): Promise<void> {
  const undo = new Error('undone on purpose');
  for await (const batch of batches(plan.file.rows())) {
    for (let rest = batch; rest.length > 0; ) {
      let verdicts: Verdict[] = [];
      try {
        await inTransaction(db, async (trx) => {
          verdicts = await admitRows(trx, source, plan, rest);
          throw undo;
        });
      } catch (error) {
        if (error !== undo) throw error;
      }
      rest = rest.slice(verdicts.length);
      for (const verdict of verdicts) await onRow(verdict);
    }
  }
}
