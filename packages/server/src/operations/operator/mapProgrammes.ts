import { nameProgrammes } from '../../changes/sources.ts';
import { listMapped } from '../../store/sourceDetails.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { foldedProgrammes, foldedTexts } from '../programmeTexts.ts';
import { referring } from '../referring.ts';
import { sourceOf } from '../sourceOf.ts';

export const mapProgrammes: OperatorHandler<'mapProgrammes'> = async (
  { database, actor },
  { nom, add, remove },
) => {
  const source = await sourceOf(database, nom);
  const programmes = foldedProgrammes('add', add);
  const unmapped = foldedTexts('remove', remove);
  await referring(nameProgrammes(database, source, programmes, actor, unmapped));
  return { programmes: await listMapped(database.db, source.id) };
};
