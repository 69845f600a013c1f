import { eraseProspect as erase } from '../../changes/eraseProspect.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const eraseProspect: OperatorHandler<'eraseProspect'> = async (
  { database, actor },
  { prospectId, reason },
) => {
  const erased = await erase(database, { prospect: prospectId, reason, by: actor });
  return { prospect_id: prospectId, ...erased };
};
