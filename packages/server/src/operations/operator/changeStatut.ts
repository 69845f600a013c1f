import { changeStatut as change } from '../../changes/changeStatut.ts';
import { noSuch } from '../../refusal.ts';
import { listStatuts } from '../../store/lists.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { referring } from '../referring.ts';

export const changeStatut: OperatorHandler<'changeStatut'> = async (
  { database, actor },
  { actions, statutId, reason },
) => {
  const statuts = await listStatuts(database.db);
  if (!statuts.some(({ id }) => id === statutId)) throw noSuch('statut', statutId);
  const changing = change(database, {
    actions: new Map(actions.map(({ id, version }) => [id, version])),
    statut: statutId,
    reason,
    by: actor,
  });
  const changes = await referring(changing);
  return {
    changes: changes.map(({ action, outcome, problem }) => ({
      action_id: action,
      outcome,
      problem: problem ?? null,
    })),
  };
};
