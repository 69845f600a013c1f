import { noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { insertDesignation, renameDesignation } from '../../store/lists.ts';
import { designationTable } from '../designationTable.ts';
import { assertOwnName, nameTaken, naming } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const saveDesignation: OperatorHandler<'saveDesignation'> = (
  { database, actor },
  { list, id, designation },
) => {
  const table = designationTable[list];
  const saved = database.db.transaction().execute(async (trx) => {
    await assertOwnName(trx, table, designation, id);
    if (id === undefined) {
      const made = await insertDesignation(trx, table, designation);
      if (made === undefined) throw nameTaken(designation);
      const target = `${table}:${made}`;
      await writeAudit(trx, { actor, act: `${table}.create`, target, detail: { designation } });
      return { id: made, designation };
    }
    const before = await renameDesignation(trx, table, id, designation);
    if (before === undefined) throw noSuch(table.replace('_', ' '), id);
    const detail = { before, after: designation };
    await writeAudit(trx, { actor, act: `${table}.rename`, target: `${table}:${id}`, detail });
    return { id, designation };
  });
  return naming(designation, saved);
};
