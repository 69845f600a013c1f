import { changeStatut as change } from '../../changes/changeStatut.ts';
import { noSuch } from '../../refusal.ts';
import { listStatuts } from '../../store/lists.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const changeStatut: OperatorHandler<'changeStatut'> = async (
  { database, actor },
  { actions, statutId, reason },
) => {
  const statuts = await listStatuts(database.db);
  if (!statuts.some(({ id }) => id === statutId)) throw noSuch('statut', statutId);
  const changes = await change(database, {
    actions: new Map(actions.map(({ id, version }) => [id, version])),
    statut: statutId,
    reason,
    by: actor,
  });
  return {
    changes: changes.map(({ action, outcome, problem }) => ({
      action_id: action,
      outcome,
      problem: problem ?? null,
    })),
  };
};
