import { inTransaction } from '../../intake/inTransaction.ts';
import { noSuch, Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { programmeAlike } from '../../store/nameAlike.ts';
import { lockProgramme, moveProgramme as move } from '../../store/programmeChanges.ts';
import { weighMove } from '../../store/programmeSummaries.ts';
import { listRegions } from '../../store/regions.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { referring } from '../referring.ts';

export const moveProgramme: OperatorHandler<'moveProgramme'> = (
  { database, actor },
  { id, regionId, preview },
) => {
  // Batches of a file may cross it: whoever is ended starts anew.
  const moved = inTransaction(database.db, async (trx) => {
    const programme = await lockProgramme(trx, id);
    if (!programme) throw noSuch('programme', id);
    const [region] = await listRegions(trx, [regionId]);
    if (!region) throw noSuch('region', regionId);
    const weigh = () => weighMove(trx, programme, regionId);
    if (programme.id_region === regionId) return { id, region_id: regionId, ...(await weigh()) };
    const alike = await programmeAlike(trx, { ...programme, id_region: regionId });
    if (alike !== undefined) throw programmeTaken(region.nom, alike);
    if (preview) return { id, region_id: programme.id_region, ...(await weigh()) };
    await move(trx, id, regionId);
    // Pulls and leads under way were waited for: what they did counts.
    const weighed = await weigh();
    const { actions, ready } = weighed;
    await writeAudit(trx, {
      actor,
      act: 'programme.move',
      target: `programme:${id}`,
      detail: { before: programme.id_region, after: regionId, actions, ready },
    });
    return { id, region_id: regionId, ...weighed };
  });
  return referring(moved);
};

const programmeTaken = (region: string, nom: string) =>
  new Refusal('name_taken', `The region "${region}" has a programme "${nom}": rename one of them.`);
