import { MOST_COUNTED } from '@relais/contract';
import { listClientSummaries } from '../../store/clientSummaries.ts';
import { counted } from '../counted.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listClients: OperatorHandler<'listClients'> = async ({ database }) => {
  const clients = await listClientSummaries(database.db, MOST_COUNTED);
  return {
    items: clients.map(({ ready, ...client }) => {
      const { count, more } = counted(ready);
      return { ...client, ready: count, ready_more: more };
    }),
  };
};
