import { deleteDesignation as remove } from '../../store/lists.ts';
import { deleting } from '../deleting.ts';
import { designationTable } from '../designationTable.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const deleteDesignation: OperatorHandler<'deleteDesignation'> = (
  { database, actor },
  { list, id },
) => {
  const table = designationTable[list];
  return deleting(database.db, actor, table, id, (trx) => remove(trx, table, id));
};
