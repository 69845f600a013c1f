import { listDesignations as read } from '../../store/lists.ts';
import { designationTable } from '../designationTable.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listDesignations: OperatorHandler<'listDesignations'> = async (
  { database },
  { list },
) => ({ items: await read(database.db, designationTable[list]) });
