import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { MOST_COUNTED } from './paging.ts';
import { answerCount, answerId, answerTime } from './parameters.ts';

export const listClients = operatorOperation({
  name: 'listClients',
  title: 'Clients',
  description: 'Every client, by name, with what it has pulled and what is ready for it.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({}),
  response: z.object({
    items: z.array(
      z.object({
        id: answerId('Identifies the client.'),
        nom: z.string().describe('Its name.'),
        created_at: answerTime('When it was created.'),
        valid_keys: answerCount('How many of its keys work now.'),
        last_pulled_at: answerTime('Its last pull; null before the first.').nullable(),
        pulls: answerCount('Its pulls of the last 30 days.'),
        contacts: answerCount('The contacts that these handed out.'),
        ready: answerCount(
          `Contacts that its valid keys could pull now, counted up to ${MOST_COUNTED}. Clients that share a region count the same ones.`,
        ).max(MOST_COUNTED),
        ready_more: z.boolean().describe('True when there are more than that.'),
      }),
    ),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      items: [
        {
          id: 12,
          nom: 'Promoteur X',
          created_at: '2026-11-02T09:00:00.000Z',
          valid_keys: 1,
          last_pulled_at: '2026-11-23T09:00:00.000Z',
          pulls: 41,
          contacts: 3120,
          ready: 57,
          ready_more: false,
        },
      ],
    },
  },
});
