import { listDatabases } from '../../store/catalog.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const getSession: OperatorHandler<'getSession'> = async ({ context, staff }) => {
  const databases = await listDatabases(context.databases.catalog);
  return { staff, databases: databases.map(({ nom, environment }) => ({ nom, environment })) };
};
