import { Refusal } from '../../refusal.ts';
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
    try {
      const released = await releaseOne(database, id, correction, { by: actor });
      items.push(released ?? { id, outcome: 'not_waiting' as const });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Those before it are let in already, and that has to be told.
      items.push({ id, outcome: 'refused' as const, problem: error.message });
    }
  }
  return { items };
};
