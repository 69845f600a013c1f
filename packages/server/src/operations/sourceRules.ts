import type { SourceRules } from '../store/sources.ts';
import type { Whole } from './whole.ts';

/** What a request says of a source's rules; what it leaves out is left out. */
export interface AskedRules {
  readonly programmeId?: number | null | undefined;
  readonly origineId?: number | null | undefined;
  readonly typeContactId?: number | null | undefined;
  readonly typeActionId?: number | null | undefined;
  readonly statutId?: number | undefined;
  readonly reviewStatutId?: number | undefined;
  readonly consentRequired?: boolean | undefined;
  readonly origins?: readonly string[] | null | undefined;
  readonly redirectUrl?: string | null | undefined;
  readonly honeypot?: string | undefined;
  readonly rateLimit?: number | undefined;
}

/** The same in the words of the database, whole where the request is. */
export function sourceRules(asked: Whole<AskedRules>): SourceRules;
export function sourceRules(asked: AskedRules): Partial<SourceRules>;
export function sourceRules(asked: AskedRules): Partial<SourceRules> {
  const rules: { [Name in keyof SourceRules]: SourceRules[Name] | undefined } = {
    id_programme: asked.programmeId,
    id_origine: asked.origineId,
    id_type_contact: asked.typeContactId,
    id_type_action: asked.typeActionId,
    id_statut: asked.statutId,
    id_statut_review: asked.reviewStatutId,
    consent_required: asked.consentRequired,
    origins: asked.origins,
    redirect_url: asked.redirectUrl,
    honeypot: asked.honeypot,
    rate_limit: asked.rateLimit,
  };
  const given = Object.entries(rules).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<SourceRules>;
}
