import { completeName } from './normalise/name.ts';

/** A question of a form that has no field of its own, with what was answered. */
export interface Answer {
  readonly question: string;
  readonly answer: string;
}

/** The campaign that a lead comes from, in the contract's names. */
export const campaignFields = [
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'gclid',
  'fbclid',
] as const;

/** What is known of the person, in the contract's names less `prospect_`. */
export const personFields = [
  'civilite',
  'nom',
  'prenom',
  'telephone',
  'email',
  'adresse',
  'code_postal',
  'ville',
  'pays',
] as const;

export type PersonField = (typeof personFields)[number];
export type CampaignField = (typeof campaignFields)[number];

/**
 * A lead as a channel has read it: texts as they were typed, nothing decided yet. It is kept as
 * JSON in the ledger of leads, so it holds nothing that JSON does not. What is unknown is absent.
 */
export interface LeadDraft extends Partial<Record<PersonField | CampaignField, string>> {
  /** The lead's id in the system that it comes from: the same id of a source is the same lead. */
  readonly externalId?: string;
  /** An id that anybody may have given it: kept with the contact, and no proof of a repeat. */
  readonly reference?: string;
  /** First name and family name in one. */
  readonly nom_complet?: string;
  /** The programme that was asked about: its id, its name, or a value that the source maps. */
  readonly programme?: string;
  /** What else it names as its programme: another one than that wants an operator to choose. */
  readonly otherProgrammes?: readonly string[];
  /** What may tell the programme where none is named, such as the id of the form, surest first. */
  readonly hints?: readonly string[];
  /** What the person wrote. */
  readonly commentaire?: string;
  readonly answers?: readonly Answer[];
  /** Whether the person agreed to be called; absent where they were not asked. */
  readonly consent?: boolean;
  /** When the enquiry was made, ISO 8601; absent: when it arrived. */
  readonly createdAt?: string;
  /** True for a trial of the door: it never reaches a live client. */
  readonly test?: boolean;
  /** True where a field was filled in that people do not see. */
  readonly trapped?: boolean;
  /** True while all that is known of the lead is its id: an ad platform does not hand it out. */
  readonly unfetched?: boolean;
}

/**
 * A draft that was put right. Where a programme is given, what else it named is no question any more;
 * where a part of the name is, the full name is the other parts alone.
 */
export function correctedDraft(
  { otherProgrammes, ...draft }: LeadDraft,
  correction: LeadDraft,
): LeadDraft {
  const named = correction.programme === undefined && otherProgrammes && { otherProgrammes };
  const isNamed = (correction.nom ?? correction.prenom) !== undefined;
  return { ...(isNamed ? inParts(draft) : draft), ...named, ...correction };
}

/** A draft whose full name is taken apart. */
function inParts({ nom_complet, ...draft }: LeadDraft): LeadDraft {
  const { civilite = null, nom = null, prenom = null } = draft;
  return { ...draft, ...completeName({ civilite, nom, prenom }, nom_complet ?? null).parts };
}
