import { z } from 'zod';

const text = (what: string) => z.string().nullable().describe(what);

/** A lead as its channel has read it: texts as they were typed. What is unknown is null. */
export const leadDraft = z
  .object({
    external_id: text("The lead's id in the system that it comes from."),
    civilite: text('Title: M., Mme.'),
    nom: text('Family name.'),
    prenom: text('First name.'),
    nom_complet: text('First name and family name in one.'),
    telephone: text('Telephone, as typed.'),
    email: text('E-mail address, as typed.'),
    adresse: text('Street address.'),
    code_postal: text('Postcode.'),
    ville: text('Town.'),
    pays: text('Country.'),
    programme: text('The programme that was asked about, as its sender named it.'),
    hints: z.array(z.string()).describe('What may tell the programme, surest first.'),
    commentaire: text('What the person wrote.'),
    answers: z
      .array(
        z.object({
          question: z.string().describe('The question.'),
          answer: z.string().describe('What was answered.'),
        }),
      )
      .describe('Questions of the form that have no field of their own.'),
    consent: z
      .boolean()
      .nullable()
      .describe('Whether the person agreed to be called; null where they were not asked.'),
    created_at: text('When the enquiry was made, as its sender says.'),
    test: z.boolean().describe('True for a trial of the door.'),
    trapped: z.boolean().describe('True where a field was filled in that people do not see.'),
    unfetched: z.boolean().describe('True while the ad platform does not hand it out.'),
    utm_source: text('Campaign: source.'),
    utm_medium: text('Campaign: medium.'),
    utm_campaign: text('Campaign: name.'),
    utm_term: text('Campaign: term.'),
    utm_content: text('Campaign: content.'),
    gclid: text('Google click id.'),
    fbclid: text('Meta click id.'),
  })
  .meta({ id: 'LeadDraft' });

export const exampleDraft: z.infer<typeof leadDraft> = {
  external_id: 'form-2026-001045',
  civilite: null,
  nom: 'Dupont',
  prenom: 'Jean',
  nom_complet: null,
  telephone: '06 12 34 56 78',
  email: 'jean@email.com',
  adresse: null,
  code_postal: '31000',
  ville: null,
  pays: null,
  programme: "Les Jardins de l'Aubbe",
  hints: [],
  commentaire: 'Je souhaite visiter le T3 témoin.',
  answers: [],
  consent: true,
  created_at: null,
  test: false,
  trapped: false,
  unfetched: false,
  utm_source: 'google',
  utm_medium: 'cpc',
  utm_campaign: 'aube-t3',
  utm_term: null,
  utm_content: null,
  gclid: null,
  fbclid: null,
};
