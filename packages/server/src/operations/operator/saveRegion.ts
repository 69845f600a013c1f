import { noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { insertRegion, renameRegion } from '../../store/regions.ts';
import { assertOwnName } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const saveRegion: OperatorHandler<'saveRegion'> = ({ database, actor }, { id, nom }) =>
  database.db.transaction().execute(async (trx) => {
    await assertOwnName(trx, 'region', nom, id);
    if (id === undefined) {
      const made = await insertRegion(trx, nom);
      const target = `region:${made}`;
      await writeAudit(trx, { actor, act: 'region.create', target, detail: { nom } });
      return { id: made, nom };
    }
    const before = await renameRegion(trx, id, nom);
    if (before === undefined) throw noSuch('region', id);
    const detail = { before, after: nom };
    await writeAudit(trx, { actor, act: 'region.rename', target: `region:${id}`, detail });
    return { id, nom };
  });
