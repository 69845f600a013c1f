import { createSource as create } from '../../sources.ts';
import { nameTaken } from '../naming.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { sourceAddress } from '../presentSource.ts';
import { foldedProgrammes } from '../programmeTexts.ts';
import { referring } from '../referring.ts';
import { invalidFor } from '../sourceRules.ts';

export const createSource: OperatorHandler<'createSource'> = async (
  call,
  { nom, channel, programmes, meta, ...asked },
) => {
  const { context, database, actor } = call;
  if ((channel === 'meta') !== (meta !== undefined)) {
    throw invalidFor('meta', meta ? 'is for the channel meta alone' : 'is missing');
  }
  const order = {
    nom,
    channel,
    rules: {
      id_programme: asked.programmeId,
      id_origine: asked.origineId,
      id_type_contact: asked.typeContactId,
      id_type_action: asked.typeActionId,
      id_statut: asked.statutId,
      id_statut_review: asked.reviewStatutId ?? asked.statutId,
      consent_required: asked.consentRequired,
      origins: asked.origins,
      redirect_url: asked.redirectUrl,
      honeypot: asked.honeypot,
      rate_limit: asked.rateLimit,
    },
    programmes: foldedProgrammes('programmes', programmes),
    meta: meta && { secrets: meta, forms: meta.forms },
  };
  const created = await referring(
    create(context.databases, database, order, context.secret, actor),
  );
  if (!created) throw nameTaken(nom);
  return { nom, token: created.token, address: sourceAddress(call, order) };
};
