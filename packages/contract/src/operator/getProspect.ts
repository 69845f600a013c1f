import { z } from 'zod';
import { exampleContact } from '../contact.ts';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleListedContact, listedContact } from './listedContact.ts';
import { answerId, answerText, answerTime, id } from './parameters.ts';
import { timelineEvent } from './timeline.ts';

const prospect = z.object({
  prospect_id: answerId('The person.'),
  prospect_civilite: answerText('Title: M., Mme.'),
  prospect_nom: answerText('Family name.'),
  prospect_prenom: answerText('First name.'),
  prospect_telephone: answerText('Telephone, E.164 where it could be read.'),
  prospect_email: answerText('E-mail address.'),
  prospect_adresse: answerText('Street address.'),
  prospect_code_postal: answerText('Postcode, as text.'),
  prospect_ville: answerText('Town.'),
  prospect_pays: answerText('Country.'),
  created_at: answerTime('When the person was first written down.'),
  erased_at: answerTime('When the person was erased; null: they were not.').nullable(),
});

const identity = z.object({
  kind: z.enum(['telephone', 'email']).describe('What it is.'),
  value: z.string().describe('In the form that leads are matched by.'),
});

const action = listedContact.omit({ action_commentaire: true }).extend({
  statut_id: answerId('Where the contact stands; null: the person was erased.').nullable(),
  statut_designation: answerText('Name of that statut.'),
  action_commentaire: answerText('What the person wrote, and notes of the agency, whole.'),
  type_contact_designation: answerText('Kind of contact.'),
  type_action_designation: answerText('Kind of enquiry.'),
  source_reference: answerText("The lead's id in the system it came from."),
  utm_source: answerText('Campaign: source.'),
  utm_medium: answerText('Campaign: medium.'),
  utm_campaign: answerText('Campaign: name.'),
  utm_term: answerText('Campaign: term.'),
  utm_content: answerText('Campaign: content.'),
  gclid: answerText('Google click id.'),
  fbclid: answerText('Meta click id.'),
});

const consent = z.object({
  lead_id: answerId('The lead.'),
  at: answerTime('When it came.'),
  source: z.string().describe('The source that sent it.'),
  consent: z
    .boolean()
    .nullable()
    .describe('Whether the person agreed to be called; null: they were not asked.'),
  answers: z
    .array(
      z.object({
        question: z.string().describe('As the form asked it.'),
        answer: z.string().describe('As it was answered.'),
      }),
    )
    .describe('What the lead says about consent in words of its own.'),
});

const receipt = z.object({
  client_id: answerId('Who received the contact.'),
  client_nom: z.string().describe('Name of that client.'),
  action_id: answerId('The contact.'),
  programme_nom: z.string().describe('Its programme.'),
  pull_id: z.uuid().describe('The pull.'),
  pull_seq: answerId("Its number among the client's pulls."),
  pulled_at: answerTime('When it was pulled.'),
  delivery: z
    .enum(['written', 'uncertain'])
    .describe('Whether the answer is known to have been written whole.'),
  released_at: answerTime('When the pull was released; null: it was not.').nullable(),
});

export const getProspect = operatorOperation({
  name: 'getProspect',
  title: 'One person',
  description:
    'A person with all that is known: their contacts, everything that happened to them, their consents, and who received what. Of one who was erased, what happened and who received what is left.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ prospectId: id().describe('The person.') }),
  response: z.object({
    prospect,
    identities: z.array(identity).describe('By what leads are recognised as of this person.'),
    actions: z.array(action).describe('Their contacts, newest first.'),
    timeline: z.array(timelineEvent).describe('Newest first; the latest 1000 events.'),
    consents: z.array(consent).describe('As the leads gave them, newest first.'),
    received: z.array(receipt).describe('Who received what and when, newest first.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { prospectId: 5002 },
    response: {
      prospect: {
        prospect_id: exampleContact.prospect_id,
        prospect_civilite: exampleContact.prospect_civilite,
        prospect_nom: exampleContact.prospect_nom,
        prospect_prenom: exampleContact.prospect_prenom,
        prospect_telephone: exampleContact.prospect_telephone,
        prospect_email: exampleContact.prospect_email,
        prospect_adresse: exampleContact.prospect_adresse,
        prospect_code_postal: exampleContact.prospect_code_postal,
        prospect_ville: exampleContact.prospect_ville,
        prospect_pays: exampleContact.prospect_pays,
        created_at: exampleContact.action_date,
        erased_at: null,
      },
      identities: [{ kind: 'telephone', value: '+33612345678' }],
      actions: [
        {
          ...exampleListedContact,
          type_contact_designation: exampleContact.type_contact_designation,
          type_action_designation: exampleContact.type_action_designation,
          source_reference: exampleContact.source_reference,
          utm_source: exampleContact.utm_source,
          utm_medium: exampleContact.utm_medium,
          utm_campaign: exampleContact.utm_campaign,
          utm_term: null,
          utm_content: null,
          gclid: null,
          fbclid: null,
        },
      ],
      timeline: [
        {
          at: '2026-11-23T08:05:00.000Z',
          event: 'lead',
          action_id: exampleContact.action_id,
          programme_nom: exampleContact.programme_nom,
          who: 'source:site',
          who_nom: 'site',
          from: null,
          to: null,
          why: null,
          lead_id: 1,
          outcome: 'accepted',
          matched_on: [],
          reasons: [],
          pull_id: null,
          pull_seq: null,
          delivery: null,
          fields: [],
        },
      ],
      consents: [
        {
          lead_id: 1,
          at: '2026-11-23T08:05:00.000Z',
          source: 'site',
          consent: true,
          answers: [],
        },
      ],
      received: [],
    },
  },
});
