import { findMetaState, findSourceTimes, listMapped } from '../store/sourceDetails.ts';
import type { Channel } from '../store/sources.ts';
import type { DatabaseCall } from './operatorCall.ts';
import { sourceOf } from './sourceOf.ts';

/** Where the leads of a source are sent; null for files, which an operator brings. */
export const sourceAddress = (
  { context, origin }: Pick<DatabaseCall, 'context' | 'origin'>,
  source: { readonly nom: string; readonly channel: Channel },
): string | null =>
  source.channel === 'file'
    ? null
    : `${context.config.publicUrl ?? origin}/intake/v1/${source.nom}`;

/** A source with all its rules, as the console shows it. */
export async function presentSource(call: DatabaseCall, nom: string) {
  const { database } = call;
  const source = await sourceOf(database, nom);
  const { db } = database;
  return {
    nom,
    channel: source.channel,
    environment: source.environment,
    state: source.paused ? ('paused' as const) : ('open' as const),
    address: sourceAddress(call, source),
    ...(await findSourceTimes(db, source.id)),
    programme_id: source.id_programme,
    origine_id: source.id_origine,
    type_contact_id: source.id_type_contact,
    type_action_id: source.id_type_action,
    statut_id: source.id_statut,
    review_statut_id: source.id_statut_review,
    consent_required: source.consent_required,
    origins: source.origins && [...source.origins],
    redirect_url: source.redirect_url,
    honeypot: source.honeypot,
    rate_limit: source.rate_limit,
    programmes: await listMapped(db, source.id),
    meta: source.channel === 'meta' ? await findMetaState(db, source.id) : null,
  };
}
