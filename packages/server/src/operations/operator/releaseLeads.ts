import { eachLead } from '../eachLead.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { correctionOf, releaseOne } from '../releasing.ts';

export const releaseLeads: OperatorHandler<'releaseLeads'> = async (
  { database, actor },
  { ids, ...asked },
) => {
  const correction = await correctionOf(database, asked);
  const items = await eachLead(ids, async (id) => {
    const released = await releaseOne(database, id, correction, { by: actor });
    return released ?? { id, outcome: 'not_waiting' as const };
  });
  return { items };
};
