import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerCount, answerTime, text } from './parameters.ts';

export const releasePull = operatorOperation({
  name: 'releasePull',
  title: 'Release a pull',
  description:
    'Puts the contacts of a pull back to ready, at their old place in the queue, however old the pull is. Contacts that were acted on since stay. Releasing twice gives the same answer. Whoever received them may still have them: agree with the client first.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    pullId: z.uuid('must be the id of a pull').describe('The pull.'),
    reason: text(500).describe('Why, for the record: 1 to 500 characters.'),
  }),
  response: z.object({
    pull_id: z.uuid().describe('The pull.'),
    released_at: answerTime('When it was released.'),
    released: answerCount('How many contacts are ready again.'),
    kept: answerCount('How many stay, because they were acted on since.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: {
      pullId: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      reason: 'The answer never arrived, says the client',
    },
    response: {
      pull_id: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      released_at: '2026-11-25T09:10:00.000Z',
      released: 1,
      kept: 0,
    },
  },
});
