import { listRegions } from '../../store/regions.ts';
import type { Handler } from '../operation.ts';

export const getRegions: Handler<'getRegions'> = async ({ database, key }) => ({
  body: JSON.stringify(await listRegions(database.db, key.regions)),
});
