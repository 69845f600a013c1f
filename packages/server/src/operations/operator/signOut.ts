import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { endSessionOf } from '../../store/sessions.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const signOut: OperatorHandler<'signOut'> = async (call) => {
  await call.context.databases.catalog.transaction().execute(async (trx) => {
    await endSessionOf(trx, call.session);
    await writeCatalogAudit(trx, { actor: call.actor, act: 'session.end', target: call.actor });
  });
  call.endSession();
  return {};
};
