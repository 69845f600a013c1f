import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { answerCount, answerTime } from './parameters.ts';
import { sourceChannel } from './sourceRules.ts';

export const listSources = operatorOperation({
  name: 'listSources',
  title: 'Sources',
  description: 'Every source, by name, with what has come in by it.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({}),
  response: z.object({
    items: z.array(
      z.object({
        nom: z.string().describe('Its name, in its address.'),
        channel: sourceChannel.describe('How its leads come.'),
        environment: z.enum(['live', 'test']).describe('test for a sandbox.'),
        state: z.enum(['open', 'paused']).describe('paused: its leads wait in quarantine.'),
        statut_designation: z.string().describe('The first statut of its leads.'),
        review_statut_designation: z.string().describe('That of leads that want a look.'),
        programme_nom: z.string().nullable().describe('The programme of leads that name none.'),
        mapped: answerCount('How many texts name a programme.'),
        consent_required: z.boolean().describe('True: leads without consent wait in quarantine.'),
        origins: z.array(z.string()).nullable().describe('Web origins that may post; null: any.'),
        rate_limit: z.int().positive().describe('Leads a minute.'),
        leads: answerCount('Leads of the last 30 days.'),
        quarantined: answerCount('Leads that wait in quarantine.'),
        last_lead_at: answerTime('When the last one came.').nullable(),
        problem: z
          .string()
          .nullable()
          .describe('What keeps a Meta source from reading its leads, if anything does.'),
      }),
    ),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      items: [
        {
          nom: 'site-web',
          channel: 'form',
          environment: 'live',
          state: 'open',
          statut_designation: 'À transmettre',
          review_statut_designation: 'À qualifier',
          programme_nom: "Les Jardins de l'Aube",
          mapped: 1,
          consent_required: true,
          origins: ['https://www.example.com'],
          rate_limit: 120,
          leads: 412,
          quarantined: 3,
          last_lead_at: '2026-11-23T08:00:00.000Z',
          problem: null,
        },
      ],
    },
  },
});
