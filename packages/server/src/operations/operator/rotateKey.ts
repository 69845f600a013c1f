import { rotateKey as rotate } from '../../changes/keyring.ts';
import { noSuch } from '../../refusal.ts';
import { findKey } from '../../store/keys.ts';
import { keyScope } from '../keyScope.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const rotateKey: OperatorHandler<'rotateKey'> = async (
  { context, database, actor },
  { id: from, overlapHours, expiresAt },
) => {
  if (!(await findKey(database.db, from))) throw noSuch('key', from);
  const rotation = { overlapHours, ...keyScope({ expiresAt }) };
  const { id, text } = await rotate(context.databases, database, from, rotation, actor);
  return { id, key: text };
};
