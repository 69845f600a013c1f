import { changeKey } from '../../changes/keyring.ts';
import { noSuch } from '../../refusal.ts';
import { keyScope, shownScope } from '../keyScope.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentKey } from '../presentKeys.ts';
import { referring } from '../referring.ts';

export const updateKey: OperatorHandler<'updateKey'> = async (
  { database, actor },
  { id, before, ...asked },
) => {
  const changed = await referring(
    changeKey(database, id, keyScope(asked), actor, shownScope(before)),
  );
  if (!changed) throw noSuch('key', id);
  return presentKey(database.db, id);
};
