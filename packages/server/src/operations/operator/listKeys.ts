import type { OperatorHandler } from '../operatorCall.ts';
import { presentKeys } from '../presentKeys.ts';

export const listKeys: OperatorHandler<'listKeys'> = async ({ database }, { clientId }) => ({
  items: await presentKeys(database.db, { client: clientId }),
});
