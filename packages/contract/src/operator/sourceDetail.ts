import { z } from 'zod';
import { answerCount, answerId, answerTime } from './parameters.ts';
import { sourceChannel } from './sourceRules.ts';

const optionalId = (what: string) => z.int().positive().nullable().describe(what);

export const mappedProgramme = z.object({
  text: z.string().describe('Letters and digits of the text, in lower case without marks.'),
  programme_id: answerId('The programme that it names.'),
  programme_nom: z.string().describe('Name of that programme.'),
});

/** A source with all its rules: no token, no secret. */
export const sourceDetail = z
  .object({
    nom: z.string().describe('Its name, in its address.'),
    channel: sourceChannel.describe('How its leads come.'),
    environment: z.enum(['live', 'test']).describe('test for a sandbox.'),
    state: z.enum(['open', 'paused']).describe('paused: its leads wait in quarantine.'),
    address: z
      .string()
      .nullable()
      .describe('Where its leads are sent; null for files, which an operator brings.'),
    created_at: answerTime('When it was created.'),
    previous_token_until: answerTime(
      'Until when the token before the last rotation works too; null: it does not.',
    ).nullable(),
    programme_id: optionalId('The programme of leads that name none.'),
    origine_id: optionalId('Where its leads come from.'),
    type_contact_id: optionalId('Their kind of contact.'),
    type_action_id: optionalId('Their kind of enquiry.'),
    statut_id: answerId('The first statut of its leads.'),
    review_statut_id: answerId('The first statut of leads that want a look.'),
    consent_required: z.boolean().describe('True: leads without consent wait in quarantine.'),
    origins: z.array(z.string()).nullable().describe('Web origins that may post; null: any.'),
    redirect_url: z.string().nullable().describe('Where a browser goes after its form.'),
    honeypot: z.string().describe('The field of the form that people do not see.'),
    rate_limit: z.int().positive().describe('Leads a minute.'),
    programmes: z.array(mappedProgramme).describe('What names a programme, by text.'),
    meta: z
      .object({
        forms: z.array(
          z.object({
            form_id: z.string().describe('The form.'),
            watermark: answerTime('Every lead made before is stored; null: never read.').nullable(),
            read_at: answerTime('The last read to its end.').nullable(),
            problem: z.string().nullable().describe('What keeps it from being read.'),
          }),
        ),
        waiting: answerCount('Leads that Meta told of and that are still to be fetched.'),
        problem: z.string().nullable().describe('What keeps one of them from being fetched.'),
      })
      .nullable()
      .describe('For the channel meta alone.'),
  })
  .meta({ id: 'SourceDetail' });

export const exampleSource: z.infer<typeof sourceDetail> = {
  nom: 'site-web',
  channel: 'form',
  environment: 'live',
  state: 'open',
  address: 'https://relais.example.com/intake/v1/site-web',
  created_at: '2026-11-02T09:00:00.000Z',
  previous_token_until: null,
  programme_id: 145,
  origine_id: 1,
  type_contact_id: 1,
  type_action_id: 1,
  statut_id: 2,
  review_statut_id: 1,
  consent_required: true,
  origins: ['https://www.example.com'],
  redirect_url: 'https://www.example.com/merci',
  honeypot: 'site_web',
  rate_limit: 120,
  programmes: [{ text: 't3aube', programme_id: 145, programme_nom: "Les Jardins de l'Aube" }],
  meta: null,
};
