import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { answerCount, answerId, answerTime, id, text } from './parameters.ts';

export const eraseProspect = operatorOperation({
  name: 'eraseProspect',
  title: 'Erase a person',
  description:
    'Blanks for good all that tells who a person is: their details, contacts, leads, what was delivered of them, the reasons that were written about them; and deletes the files of jobs, each of which may hold them. Who received what and when stays: these have to be told. A further lead of the same telephone or e-mail address waits in quarantine. Refused while a job runs.',
  changes: true,
  access: ['admin', 'dpo'],
  database: true,
  request: z.strictObject({
    prospectId: id().describe('The person.'),
    reason: text(500).describe('Why, for the record, without naming the person.'),
  }),
  response: z.object({
    prospect_id: answerId('The person.'),
    erased_at: answerTime('When.'),
    contacts: answerCount('How many contacts were blanked.'),
    leads: answerCount('How many leads.'),
    items: answerCount('How many contacts as they were delivered.'),
    files: answerCount('How many uploads, reports and exports were deleted.'),
  }),
  errors: ['record_not_found', 'record_in_use', 'changed_meanwhile'],
  example: {
    request: { prospectId: 5002, reason: 'request of 20 November' },
    response: {
      prospect_id: 5002,
      erased_at: '2026-11-23T09:00:00.000Z',
      contacts: 1,
      leads: 1,
      items: 1,
      files: 0,
    },
  },
});
