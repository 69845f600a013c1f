import { pauseSource as pause } from '../../changes/sources.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { sourceOf } from '../sourceOf.ts';

export const pauseSource: OperatorHandler<'pauseSource'> = async (
  { database, actor },
  { nom, paused },
) => {
  await pause(database, await sourceOf(database, nom), paused, actor);
  return { nom, state: paused ? 'paused' : 'open' };
};
