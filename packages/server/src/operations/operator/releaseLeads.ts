import type { OperatorHandler } from '../operatorCall.ts';
import { correctionOf, releaseOne } from '../releasing.ts';

export const releaseLeads: OperatorHandler<'releaseLeads'> = async (
  { database, actor },
  { ids, ...asked },
) => {
  const correction = await correctionOf(database, asked);
  const items = [];
  // One after another, each in a transaction of its own: the persons of two may be the same.
  for (const id of ids) {
    const released = await releaseOne(database, id, correction, actor);
    items.push(released ?? { id, outcome: 'not_waiting' as const });
  }
  return { items };
};
