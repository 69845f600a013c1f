import { Refusal } from '../../refusal.ts';
import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { endSessionById } from '../../store/sessions.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const endSession: OperatorHandler<'endSession'> = async (
  { actor, context, staff },
  { id },
) => {
  await context.databases.catalog.transaction().execute(async (trx) => {
    if (!(await endSessionById(trx, staff.id, id))) {
      throw new Refusal('record_not_found', `You have no session ${id}.`);
    }
    const detail = { session: id };
    await writeCatalogAudit(trx, { actor, act: 'session.end', target: actor, detail });
  });
  return {};
};
