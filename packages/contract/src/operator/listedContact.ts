import { z } from 'zod';
import { exampleContact } from '../contact.ts';
import { answerId, answerText, answerTime } from './parameters.ts';

/** How much of a commentaire a list shows. */
export const COMMENTAIRE_SHOWN = 300;

/** A contact as lists of the console show it. */
export const listedContact = z
  .object({
    action_id: answerId('The contact.'),
    prospect_id: answerId('The person.'),
    version: answerId('Grows with each change: say it when you change the contact.'),
    prospect_nom: answerText('Family name.'),
    prospect_prenom: answerText('First name.'),
    prospect_telephone: answerText('Telephone, E.164 where it could be read.'),
    prospect_email: answerText('E-mail address.'),
    programme_id: answerId('The programme asked about.'),
    programme_nom: z.string().describe('Its name.'),
    region_id: answerId('The region of the programme.'),
    region_nom: z.string().describe('Its name.'),
    statut_id: answerId('Where the contact stands.'),
    statut_designation: z.string().describe('Name of that statut.'),
    ready: z.boolean().describe('True when a key pulls from that statut.'),
    source: answerText('The source whose lead made it; null: it came with a file of `load`.'),
    origine_designation: answerText('Where the lead comes from.'),
    action_date: answerTime('When the enquiry was made.'),
    action_commentaire: answerText(
      `What the person wrote, or a note: the first ${COMMENTAIRE_SHOWN} characters.`,
    ),
    ready_at: answerTime('Its place in the queue: when it became ready.'),
    pulled_at: answerTime('When it was pulled; null before.').nullable(),
    pull_id: z.uuid().nullable().describe('The pull that handed it out; null before.'),
    client_id: answerId('Who pulled it; null before, and when an older system did.').nullable(),
    client_nom: answerText('Name of that client.'),
  })
  .meta({ id: 'ListedContact' });

export type ListedContact = z.infer<typeof listedContact>;

export const exampleListedContact: ListedContact = {
  action_id: exampleContact.action_id,
  prospect_id: exampleContact.prospect_id,
  version: 1,
  prospect_nom: exampleContact.prospect_nom,
  prospect_prenom: exampleContact.prospect_prenom,
  prospect_telephone: exampleContact.prospect_telephone,
  prospect_email: exampleContact.prospect_email,
  programme_id: exampleContact.programme_id,
  programme_nom: exampleContact.programme_nom,
  region_id: exampleContact.region_id,
  region_nom: exampleContact.region_nom,
  statut_id: exampleContact.statut_id,
  statut_designation: exampleContact.statut_designation,
  ready: true,
  source: 'site',
  origine_designation: exampleContact.origine_designation,
  action_date: exampleContact.action_date,
  action_commentaire: exampleContact.action_commentaire,
  ready_at: exampleContact.ready_at,
  pulled_at: null,
  pull_id: null,
  client_id: null,
  client_nom: null,
};
