import { discard } from '../../intake/quarantine.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const discardLead: OperatorHandler<'discardLead'> = async (
  { database, actor },
  { ids, reason },
) => {
  const items = [];
  for (const id of ids) {
    const discarded = await discard(database, id, reason, actor);
    items.push({ id, outcome: discarded ? ('discarded' as const) : ('not_waiting' as const) });
  }
  return { items };
};
