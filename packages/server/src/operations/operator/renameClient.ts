import { noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { renameClient as rename } from '../../store/clients.ts';
import { assertOwnName, naming } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const renameClient: OperatorHandler<'renameClient'> = ({ database, actor }, { id, nom }) => {
  const renamed = database.db.transaction().execute(async (trx) => {
    await assertOwnName(trx, 'client', nom, id);
    const before = await rename(trx, id, nom);
    if (before === undefined) throw noSuch('client', id);
    const target = `client:${id}`;
    const detail = { before, after: nom };
    await writeAudit(trx, { actor, act: 'client.rename', target, detail });
    return { id, nom };
  });
  return naming(nom, renamed);
};
