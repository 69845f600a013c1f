import { writeCatalogAudit } from '../../store/catalogAudit.ts';
import { clearTotp } from '../../store/secondFactor.ts';
import { lockPerson } from '../../store/staff.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { assertOwnPassword } from '../staff/ownPassword.ts';

export const endTwoFactor: OperatorHandler<'endTwoFactor'> = async (call, { password }) => {
  const { actor, staff } = call;
  await assertOwnPassword(call, 'password', password);
  await call.context.databases.catalog.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, staff.id);
    await clearTotp(trx, staff.id);
    if (person?.two_factor) {
      await writeCatalogAudit(trx, { actor, act: 'two_factor.end', target: actor });
    }
  });
  return {};
};
