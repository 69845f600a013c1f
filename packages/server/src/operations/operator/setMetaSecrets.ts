import { changeMetaSecrets } from '../../changes/sources.ts';
import { invalidParameter } from '../../refusal.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { sourceOf } from '../sourceOf.ts';

export const setMetaSecrets: OperatorHandler<'setMetaSecrets'> = async (
  { context, database, actor },
  { nom, ...secrets },
) => {
  const source = await sourceOf(database, nom);
  if (source.channel !== 'meta')
    throw invalidParameter('nom', 'is not a source of the channel meta');
  await changeMetaSecrets(database, source, secrets, context.secret, actor);
  context.metaWorker.wake();
  return { nom };
};
