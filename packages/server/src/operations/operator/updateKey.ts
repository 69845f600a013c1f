import { changeKey } from '../../keyring.ts';
import { noSuch } from '../../refusal.ts';
import { keyScope } from '../keyScope.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentKey } from '../presentKeys.ts';
import { referring } from '../referring.ts';

export const updateKey: OperatorHandler<'updateKey'> = async (
  { database, actor },
  { id, ...asked },
) => {
  const changed = await referring(changeKey(database, id, keyScope(asked), actor));
  if (!changed) throw noSuch('key', id);
  return presentKey(database.db, id);
};
