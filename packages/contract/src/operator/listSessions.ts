import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { answerId, answerTime } from './parameters.ts';

export const listSessions = operatorOperation({
  name: 'listSessions',
  title: 'Your sessions',
  description:
    'Where you are signed in, last used first. A session ends after 12 hours without use, and after 7 days.',
  changes: false,
  access: everyone,
  database: false,
  request: z.strictObject({}),
  response: z.object({
    items: z
      .array(
        z.object({
          id: answerId('Identifies the session.'),
          current: z.boolean().describe('True for the one that asks.'),
          created_at: answerTime('When it began.'),
          last_seen_at: answerTime('When it was last used, to the minute.'),
          expires_at: answerTime('When it ends at the latest.'),
          address: z.string().nullable().describe('The address that signed in.'),
          user_agent: z.string().nullable().describe('What its browser calls itself.'),
        }),
      )
      .describe('All of them.'),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      items: [
        {
          id: 31,
          current: true,
          created_at: '2026-11-23T08:00:00.000Z',
          last_seen_at: '2026-11-23T09:12:00.000Z',
          expires_at: '2026-11-30T08:00:00.000Z',
          address: '198.51.100.7',
          user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        },
      ],
    },
  },
});
