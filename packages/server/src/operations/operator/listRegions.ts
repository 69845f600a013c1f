import { listRegionSummaries } from '../../store/regions.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listRegions: OperatorHandler<'listRegions'> = async ({ database }) => ({
  items: await listRegionSummaries(database.db),
});
