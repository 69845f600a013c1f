import { endKey } from '../../changes/keyring.ts';
import { noSuch } from '../../refusal.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentKey } from '../presentKeys.ts';

export const revokeKey: OperatorHandler<'revokeKey'> = async ({ database, actor }, { id }) => {
  if (!(await endKey(database, id, actor))) throw noSuch('key', id);
  return presentKey(database.db, id);
};
