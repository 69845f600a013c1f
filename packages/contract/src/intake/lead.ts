import { z } from 'zod';
import { type IntakeReason, intakeReasons } from './reasons.ts';

const text = (what: string) => z.string().optional().describe(what);

/**
 * A lead as `POST /intake/v1/<source>` takes it as JSON. Every member is optional and none is
 * refused: what has no field of its own is kept as a question with its answer, and what can't be
 * read is kept as typed. Other usual names of a field are understood too, such as `phone`.
 */
export const leadRequest = z
  .looseObject({
    externalId: text(
      'Your id of this lead, not of the person: sending the same id again changes nothing and gives the same answer. Also as header `Idempotency-Key`.',
    ),
    civilite: text('Title: M., Mme.'),
    nom: text('Family name.'),
    prenom: text('First name.'),
    telephone: text('Telephone, in any usual form; French where no country is given.'),
    email: text('E-mail address.'),
    adresse: text('Street address.'),
    code_postal: text('Postcode.'),
    ville: text('Town.'),
    pays: text('Country.'),
    programme: text(
      'The programme asked about: its id, its name, or a value mapped at the source.',
    ),
    commentaire: text('What the person wrote.'),
    consent: z.boolean().optional().describe('Whether the person agreed to be called.'),
    createdAt: text('When the enquiry was made, ISO 8601; when it came where left out.'),
    utm_source: text('Campaign: source.'),
    utm_medium: text('Campaign: medium.'),
    utm_campaign: text('Campaign: name.'),
    utm_term: text('Campaign: term.'),
    utm_content: text('Campaign: content.'),
    gclid: text('Google click id.'),
    fbclid: text('Meta click id.'),
    test: z.boolean().optional().describe('True for a trial, which never reaches a live client.'),
  })
  .meta({ id: 'Lead', description: 'One enquiry of one person about one programme.' });

/** The headers of an answer to a lead, beside those of every answer. */
export const leadHeaders = {
  'Lead-Id': 'The lead in the ledger of the agency: quote it when you ask about it.',
  'Idempotency-Replayed': '`true` when this lead had come before, and nothing was done again.',
} as const;

const reasonCodes = Object.keys(intakeReasons) as [IntakeReason, ...IntakeReason[]];

/** What has become of a lead. */
export const leadAnswer = z
  .object({
    outcome: z
      .enum(['accepted', 'merged', 'quarantined'])
      .describe(
        'accepted: an action of its own; merged: added to the open action of the same person and programme; quarantined: kept, an operator decides.',
      ),
    action_id: z.int().positive().nullable().describe('The action; null in quarantine.'),
    prospect_id: z.int().positive().nullable().describe('The person; null in quarantine.'),
    matched_on: z
      .array(z.enum(['telephone', 'email']))
      .describe('By what the person was recognised; empty for somebody new.'),
    reasons: z
      .array(
        z.object({
          code: z.enum(reasonCodes).describe('For programs.'),
          meaning: z.string().describe('What it means.'),
          suggestion: z.string().optional().describe('What an operator may try.'),
        }),
      )
      .describe('Why the lead is in quarantine, or what was noticed of it.'),
  })
  .meta({ id: 'LeadAnswer' });

export type LeadAnswer = z.infer<typeof leadAnswer>;

/** A lead for the programme of the published page, and its answer. */
export const exampleLead = {
  request: {
    externalId: 'form-2026-001045',
    nom: 'Dupont',
    prenom: 'Jean',
    telephone: '06 12 34 56 78',
    email: 'jean@email.com',
    programme: "Les Jardins de l'Aube",
    commentaire: 'Je souhaite visiter le T3 témoin.',
    consent: true,
  } satisfies z.input<typeof leadRequest>,
  response: {
    outcome: 'accepted',
    action_id: 1046,
    prospect_id: 5002,
    matched_on: ['email', 'telephone'],
    reasons: [],
  } satisfies LeadAnswer,
};
