import { correctProspect as correct } from '../../changes/correctProspect.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const correctProspect: OperatorHandler<'correctProspect'> = async (
  { database, actor },
  { prospectId, reason, before: shown, ...fields },
) => {
  const asked = { prospect: prospectId, fields, shown, reason, by: actor };
  const changed = await correct(database, asked);
  return { prospect_id: prospectId, changed };
};
