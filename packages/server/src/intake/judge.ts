import { intakeReasons } from '@relais/contract';
import type { Source } from '../store/sources.ts';
import type { NormalisedLead } from './normalise.ts';
import type { FoundProgramme } from './programme.ts';
import type { Reason } from './reason.ts';

/** What the database knows of a lead's programme, and of its person. */
export interface Known {
  readonly programme: FoundProgramme;
  /** When the person asked to be erased; undefined: they did not. */
  readonly erased: Date | undefined;
}

/**
 * All that keeps a lead out of its source, or is to be noticed of it, whatever its actions are. An
 * operator who releases a lead has seen what a machine can only suspect; that somebody was erased
 * is known.
 */
export function judge(
  source: Source,
  lead: NormalisedLead,
  { programme, erased }: Known,
  released: boolean,
): Reason[] {
  // Of a lead that is not here there is nothing else to say.
  if (lead.unfetched) return [{ code: 'not_fetched' }];
  const reasons: Reason[] = [];
  if (lead.test && source.environment === 'live') reasons.push({ code: 'test_lead' });
  if (lead.trapped && !released) reasons.push({ code: 'honeypot' });
  if (source.paused && !released) reasons.push({ code: 'source_paused' });
  if (erased) {
    reasons.push({ code: 'person_erased', suggestion: `Effacée le ${frenchDay(erased)}` });
  }
  if (programme.id === undefined) reasons.push(programme.reason);
  if (lead.telephone === undefined && lead.email === undefined) {
    reasons.push({ code: 'no_contact_details' });
  }
  if (source.consent_required && lead.consent !== true) reasons.push({ code: 'no_consent' });
  return [...reasons, ...lead.flags];
}

const frenchDay = (time: Date): string =>
  new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' }).format(time);

const has = (reasons: readonly Reason[], effect: 'quarantine' | 'review'): boolean =>
  reasons.some(({ code }) => intakeReasons[code].effect === effect);

/** True when one of the reasons keeps the lead in quarantine. */
export const quarantines = (reasons: readonly Reason[]): boolean => has(reasons, 'quarantine');

/** True when one of the reasons asks for a look before the lead is handed out. */
export const wantsReview = (reasons: readonly Reason[]): boolean => has(reasons, 'review');
