import { changeSource } from '../../sources.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentSource } from '../presentSource.ts';
import { referring } from '../referring.ts';
import { sourceOf } from '../sourceOf.ts';
import { invalidFor, sourceRules } from '../sourceRules.ts';

export const updateSource: OperatorHandler<'updateSource'> = async (
  call,
  { nom, metaForms, ...asked },
) => {
  const { database, actor } = call;
  const source = await sourceOf(database, nom);
  if (metaForms && source.channel !== 'meta') {
    throw invalidFor('metaForms', 'is for sources of the channel meta alone');
  }
  await referring(changeSource(database, source, sourceRules(asked), metaForms, actor));
  return presentSource(call, nom);
};
