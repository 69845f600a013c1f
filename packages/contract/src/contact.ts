import { z } from 'zod';

const id = (what: string) => z.int().positive().describe(what);
const optionalId = (what: string) => z.int().positive().nullable().describe(what);
const text = (what: string) => z.string().nullable().describe(what);

/** ISO 8601 in UTC with milliseconds, such as `2026-11-23T08:00:00.000Z`. */
const instant = (what: string) => z.iso.datetime({ precision: 3 }).describe(what);

/**
 * A contact: one enquiry (action) of one person (prospect) about one programme, as a client
 * receives it. The first twelve fields are the published ones. What is unknown is null.
 */
export const contact = z
  .object({
    action_id: id('Identifies the contact. Keep it: the same id is the same contact.'),
    prospect_id: id('Identifies the person.'),
    programme_id: id('The programme asked about.'),
    prospect_nom: text('Family name, as typed.'),
    prospect_prenom: text('First name, as typed.'),
    prospect_telephone: text('Telephone, E.164 where it could be read.'),
    prospect_email: text('E-mail address.'),
    programme_nom: z.string().describe('Name of the programme.'),
    region_nom: z.string().describe('Name of its region.'),
    origine_designation: text('Where the lead comes from.'),
    type_contact_designation: text('Kind of contact.'),
    type_action_designation: text('Kind of enquiry.'),
    action_date: instant('When the enquiry was made.'),
    action_commentaire: text('What the person wrote, or a note of the agency.'),
    statut_id: id('Where the contact stands.'),
    statut_designation: z.string().describe('Name of that statut.'),
    ready_at: instant('When it became ready: its place in the queue.'),
    pulled_at: z.iso
      .datetime({ precision: 3 })
      .nullable()
      .describe('When it was pulled; null before.'),
    pull_id: z
      .uuid()
      .nullable()
      .describe(
        'The pull that handed it out; null before, and of what an older system handed out.',
      ),
    prospect_civilite: text('Title: M., Mme.'),
    prospect_adresse: text('Street address.'),
    prospect_code_postal: text('Postcode, as text.'),
    prospect_ville: text('Town.'),
    prospect_pays: text('Country.'),
    programme_ville: text('Town of the programme.'),
    region_id: id('The region of the programme.'),
    origine_id: optionalId('Id of the origin.'),
    type_contact_id: optionalId('Id of the kind of contact.'),
    type_action_id: optionalId('Id of the kind of enquiry.'),
    source_reference: text("The lead's id in the system it came from."),
    utm_source: text('Campaign: source.'),
    utm_medium: text('Campaign: medium.'),
    utm_campaign: text('Campaign: name.'),
    utm_term: text('Campaign: term.'),
    utm_content: text('Campaign: content.'),
    gclid: text('Google click id.'),
    fbclid: text('Meta click id.'),
  })
  .meta({ id: 'Contact', description: 'One enquiry of one person about one programme.' });

export type Contact = z.infer<typeof contact>;

/** The contact of the published page, whole. */
export const exampleContact: Contact = {
  action_id: 1045,
  prospect_id: 5002,
  programme_id: 145,
  prospect_nom: 'Dupont',
  prospect_prenom: 'Jean',
  prospect_telephone: '+33612345678',
  prospect_email: 'jean@email.com',
  programme_nom: "Les Jardins de l'Aube",
  region_nom: 'Occitanie',
  origine_designation: 'Website form',
  type_contact_designation: 'Inbound Lead',
  type_action_designation: 'Contact request',
  action_date: '2026-11-23T08:00:00.000Z',
  action_commentaire: 'Je souhaite visiter le T3 témoin.',
  statut_id: 2,
  statut_designation: 'À transmettre',
  ready_at: '2026-11-23T08:05:00.000Z',
  pulled_at: null,
  pull_id: null,
  prospect_civilite: 'M.',
  prospect_adresse: null,
  prospect_code_postal: '31000',
  prospect_ville: 'Toulouse',
  prospect_pays: 'FR',
  programme_ville: 'Toulouse',
  region_id: 30,
  origine_id: 1,
  type_contact_id: 1,
  type_action_id: 1,
  source_reference: 'form-2026-001045',
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: 'aube-t3',
  utm_term: null,
  utm_content: null,
  gclid: null,
  fbclid: null,
};

/** The same contact after its pull. */
export const examplePulledContact: Contact = {
  ...exampleContact,
  statut_id: 3,
  statut_designation: 'Transmis',
  pulled_at: '2026-11-23T09:00:00.000Z',
  pull_id: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
};
