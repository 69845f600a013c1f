import type { Transaction } from 'kysely';
import { assertSeen } from '../../changes/seenBefore.ts';
import type { DB as Crm } from '../../db/crm.generated.ts';
import { invalidParameter, noSuch } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { programmeAlike } from '../../store/nameAlike.ts';
import {
  insertProgramme,
  lockProgramme,
  type Programme,
  renameProgramme,
} from '../../store/programmeChanges.ts';
import { nameTaken } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { referring } from '../referring.ts';

async function assertOwn(
  trx: Transaction<Crm>,
  programme: Omit<Programme, 'id'>,
  own?: number,
): Promise<void> {
  const taken = await programmeAlike(trx, programme, own);
  if (taken !== undefined) throw nameTaken(taken);
}

type Names = Pick<Programme, 'nom' | 'ville'>;

/** What is otherwise than it was shown; all of it where that is not known. */
const changesOf = (given: Names, shown: Names | undefined): Partial<Names> => ({
  ...(given.nom !== shown?.nom && { nom: given.nom }),
  ...(given.ville !== shown?.ville && { ville: given.ville }),
});

export const saveProgramme: OperatorHandler<'saveProgramme'> = (
  { database, actor },
  { id, regionId, nom, ville, before: shown },
) => {
  const saved = database.db.transaction().execute(async (trx) => {
    const given = { nom, ville };
    if (id === undefined) {
      if (regionId === undefined) throw invalidParameter('regionId', 'is missing');
      await assertOwn(trx, { ...given, id_region: regionId });
      const made = await insertProgramme(trx, { ...given, id_region: regionId });
      const target = `programme:${made}`;
      const detail = { ...given, region: regionId };
      await writeAudit(trx, { actor, act: 'programme.create', target, detail });
      return { id: made, ...given, region_id: regionId };
    }
    const before = await lockProgramme(trx, id);
    if (!before) throw noSuch('programme', id);
    if (regionId !== undefined && regionId !== before.id_region) {
      throw invalidParameter('regionId', 'is not its region; use moveProgramme to change that');
    }
    const change = changesOf(given, shown);
    assertSeen('programme', { now: before, change, shown });
    const names = { nom: before.nom, ville: before.ville, ...change };
    // One that was loaded beside its twin can still be saved as it is.
    if (names.nom !== before.nom || names.ville !== before.ville) {
      await assertOwn(trx, { ...names, id_region: before.id_region }, id);
    }
    await renameProgramme(trx, id, names);
    const target = `programme:${id}`;
    const detail = { before: { nom: before.nom, ville: before.ville }, after: names };
    await writeAudit(trx, { actor, act: 'programme.rename', target, detail });
    return { id, ...names, region_id: before.id_region };
  });
  return referring(saved);
};
