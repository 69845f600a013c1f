import { discard } from '../../intake/quarantine.ts';
import { eachLead } from '../eachLead.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const discardLead: OperatorHandler<'discardLead'> = async (
  { database, actor },
  { ids, reason },
) => {
  const items = await eachLead(ids, async (id) => {
    const discarded = await discard(database, id, reason, actor);
    return { id, outcome: discarded ? ('discarded' as const) : ('not_waiting' as const) };
  });
  return { items };
};
