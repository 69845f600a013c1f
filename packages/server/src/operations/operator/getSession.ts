import { listDatabases } from '../../store/catalog.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const getSession: OperatorHandler<'getSession'> = async ({ context, staff }) => {
  const databases = await listDatabases(context.databases.catalog);
  return {
    staff,
    two_factor_required: context.config.twoFactorRequired,
    databases: databases.map(({ nom, environment }) => ({ nom, environment })),
  };
};
