import { narrowRegions } from '../../keys/scope.ts';
import { listProgrammes } from '../../store/programmes.ts';
import type { Handler } from '../operation.ts';

export const getProgrammes: Handler<'getProgrammes'> = async (
  { database, key },
  { regionIds },
) => ({
  body: JSON.stringify(await listProgrammes(database.db, narrowRegions(key.regions, regionIds))),
});
