import { createKey as create, sameStatut } from '../../changes/keyring.ts';
import { keyScope } from '../keyScope.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { referring } from '../referring.ts';

export const createKey: OperatorHandler<'createKey'> = async (
  { context, database, actor },
  { clientId, ...asked },
) => {
  if (asked.readyStatutId === asked.pulledStatutId) throw sameStatut();
  const mapping = { id_client: clientId, ...keyScope(asked) };
  const { id, text } = await referring(create(context.databases, database, mapping, actor));
  return { id, key: text };
};
