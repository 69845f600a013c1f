import type { CrmDatabase } from '../installation/databases.ts';
import { writeAudit } from '../store/audit.ts';
import { lockImport } from '../store/imports.ts';
import { allowLongWork } from '../store/longWork.ts';
import { markUndone, type Undone, undoLeads } from '../store/undoImport.ts';
import { inTransaction } from './inTransaction.ts';

/**
 * Takes back a whole import, one that was broken off included, in one transaction: see
 * store/undoImport.ts for what stays. Undefined when there is none of this id, or it was undone
 * before.
 */
export async function undoImport(
  { db }: CrmDatabase,
  id: number,
  by: string,
): Promise<Undone | undefined> {
  return inTransaction(db, async (trx) => {
    await allowLongWork(trx);
    const found = await lockImport(trx, id);
    if (!found || found.state === 'undone') return undefined;
    const undone = await undoLeads(trx, id);
    await markUndone(trx, id, by);
    const detail = { undone: undone.undone, kept: undone.kept };
    await writeAudit(trx, { actor: by, act: 'import.undo', target: `import:${id}`, detail });
    return undone;
  });
}
