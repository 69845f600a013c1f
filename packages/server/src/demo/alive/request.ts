import type { Enquiry } from './enquiries.ts';

/** The formats in which the demo sends leads. */
export type Format = 'form' | 'json' | 'google';

/** What is posted at a door. */
export interface LeadRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How a portal calls a programme; sources map it. */
export const portalReference = (programme: number): string => `PN-${programme}`;
/** The id of the Google lead form of a programme; sources map it. */
export const googleForm = (programme: number): number => 40_000_000_000 + programme;
/** A form that no source maps. */
const UNMAPPED_FORM = 40_000_009_999;

/** Writes an enquiry as its channel sends it, with the token of the source. */
export const leadRequest = (format: Format, enquiry: Enquiry, token: string): LeadRequest =>
  writers[format](enquiry, token);

const writers: Record<Format, (enquiry: Enquiry, token: string) => LeadRequest> = {
  form({ twist, visitor, programme, message }, token) {
    const fields = {
      token,
      nom: visitor.nom,
      prenom: visitor.prenom,
      telephone: visitor.telephone ?? '',
      email: visitor.email ?? '',
      programme: twist === 'misspelt' ? misspelt(programme.nom) : programme.nom,
      message,
      // A box that is not ticked is not sent.
      ...(twist === 'noConsent' ? {} : { consent: 'oui' }),
      site_web: twist === 'robot' ? 'https://casino.example' : '',
    };
    return {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    };
  },

  json({ twist, visitor, programme, message, id }, token) {
    const lead = {
      externalId: id,
      ...visitor,
      programme: twist === 'misspelt' ? misspelt(programme.nom) : portalReference(programme.id),
      commentaire: message,
      consent: twist !== 'noConsent',
      ...(twist === 'trial' ? { test: true } : {}),
    };
    return {
      headers: { 'content-type': 'application/json', 'x-source-token': token },
      body: JSON.stringify(lead),
    };
  },

  /** developers.google.com/google-ads/webhook/docs/implementation */
  google({ twist, visitor, programme, message, id }, token) {
    const column = (column_id: string, column_name: string, value: string | undefined) =>
      value ? [{ column_id, column_name, string_value: value }] : [];
    const lead = {
      google_key: token,
      lead_id: id,
      api_version: '1.0',
      form_id: twist === 'unmapped' ? UNMAPPED_FORM : googleForm(programme.id),
      campaign_id: 20_000_000_000 + programme.idRegion,
      gcl_id: `Cj0KCQ${id}`,
      is_test: twist === 'trial',
      user_column_data: [
        ...column('FIRST_NAME', 'Prénom', visitor.prenom),
        ...column('LAST_NAME', 'Nom', visitor.nom),
        ...column('PHONE_NUMBER', 'Numéro de téléphone', visitor.telephone),
        ...column('EMAIL', 'Adresse e-mail', visitor.email),
        ...column('votre_projet', 'Votre projet ?', message),
      ],
    };
    return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(lead) };
  },
};

/** A letter of the longest word is missing: near enough for a suggestion. */
function misspelt(nom: string): string {
  const [longest = nom] = nom.split(/[\s'’-]+/).sort((a, b) => b.length - a.length);
  const at = nom.indexOf(longest) + Math.floor(longest.length / 2);
  return nom.slice(0, at) + nom.slice(at + 1);
}
