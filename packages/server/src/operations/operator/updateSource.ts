import { changeSource } from '../../changes/sources.ts';
import { invalidParameter } from '../../refusal.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentSource } from '../presentSource.ts';
import { referring } from '../referring.ts';
import { sourceOf } from '../sourceOf.ts';
import { type AskedRules, sourceRules } from '../sourceRules.ts';

const settings = ({
  metaForms,
  ...rules
}: AskedRules & { metaForms?: readonly string[] | undefined }) => ({
  ...sourceRules(rules),
  ...(metaForms && { forms: metaForms }),
});

export const updateSource: OperatorHandler<'updateSource'> = async (
  call,
  { nom, before, ...asked },
) => {
  const { database, actor } = call;
  const source = await sourceOf(database, nom);
  if (asked.metaForms && source.channel !== 'meta') {
    throw invalidParameter('metaForms', 'is for sources of the channel meta alone');
  }
  await referring(
    changeSource(database, source, settings(asked), actor, before && settings(before)),
  );
  return presentSource(call, nom);
};
