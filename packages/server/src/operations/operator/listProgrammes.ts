import { MOST_COUNTED } from '@relais/contract';
import { listProgrammeSummaries } from '../../store/programmeSummaries.ts';
import { counted } from '../counted.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const listProgrammes: OperatorHandler<'listProgrammes'> = async (
  { database },
  { regionIds },
) => {
  const programmes = await listProgrammeSummaries(database.db, regionIds, MOST_COUNTED);
  return {
    items: programmes.map((programme) => {
      const { count, more } = counted(programme.actions);
      return { ...programme, actions: count, actions_more: more };
    }),
  };
};
