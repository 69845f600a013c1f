import { correctProspect as correct } from '../../correctProspect.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const correctProspect: OperatorHandler<'correctProspect'> = async (
  { database, actor },
  { prospectId, reason, ...fields },
) => {
  const changed = await correct(database, { prospect: prospectId, fields, reason, by: actor });
  return { prospect_id: prospectId, changed };
};
