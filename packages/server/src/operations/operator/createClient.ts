import { writeAudit } from '../../store/audit.ts';
import { insertClient } from '../../store/clients.ts';
import { assertOwnName, nameTaken } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const createClient: OperatorHandler<'createClient'> = ({ database, actor }, { nom }) =>
  database.db.transaction().execute(async (trx) => {
    await assertOwnName(trx, 'client', nom);
    const client = await insertClient(trx, nom);
    if (!client) throw nameTaken(nom);
    const target = `client:${client.id}`;
    await writeAudit(trx, { actor, act: 'client.create', target, detail: { nom } });
    return client;
  });
