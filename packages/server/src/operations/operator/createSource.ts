import { createSource as create } from '../../changes/sources.ts';
import { invalidParameter } from '../../refusal.ts';
import { nameTaken } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { sourceAddress } from '../presentSource.ts';
import { foldedProgrammes } from '../programmeTexts.ts';
import { referring } from '../referring.ts';
import { sourceRules } from '../sourceRules.ts';

export const createSource: OperatorHandler<'createSource'> = async (
  call,
  { nom, channel, programmes, meta, ...asked },
) => {
  const { context, database, actor } = call;
  if ((channel === 'meta') !== (meta !== undefined)) {
    throw invalidParameter('meta', meta ? 'is for the channel meta alone' : 'is missing');
  }
  const order = {
    nom,
    channel,
    rules: sourceRules({ ...asked, reviewStatutId: asked.reviewStatutId ?? asked.statutId }),
    programmes: foldedProgrammes('programmes', programmes),
    meta: meta && { secrets: meta, forms: meta.forms },
  };
  const created = await referring(
    create(context.databases, database, order, context.secret, actor),
  );
  if (!created) throw nameTaken(nom);
  return { nom, token: created.token, address: sourceAddress(call, order) };
};
