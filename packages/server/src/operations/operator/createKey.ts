import { createKey as create, sameStatut } from '../../keyring.ts';
import { keyScope } from '../keyScope.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { referring } from '../referring.ts';

export const createKey: OperatorHandler<'createKey'> = async (
  { context, database, actor },
  { clientId, ...asked },
) => {
  if (asked.readyStatutId === asked.pulledStatutId) throw sameStatut();
  const mapping = {
    id_client: clientId,
    regions: asked.regionIds,
    id_statut_ready: asked.readyStatutId,
    id_statut_pulled: asked.pulledStatutId,
    operations: asked.operations,
    ip_ranges: asked.ipRanges,
    expires_at: null,
    ...keyScope(asked),
  };
  const { id, text } = await referring(create(context.databases, database, mapping, actor));
  return { id, key: text };
};
