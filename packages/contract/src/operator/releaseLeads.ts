import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, ids } from './parameters.ts';
import { refusedLead } from './refusedLead.ts';
import { exampleReleased, releasedLead } from './releasedLead.ts';

export const releaseLeads = operatorOperation({
  name: 'releaseLeads',
  title: 'Release leads',
  description:
    'Lets up to 200 leads in, one by one: what becomes of one changes nothing for the others. One of somebody who was erased stays: it is released by itself.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    ids: ids().describe('The leads, up to 200.'),
    programmeId: id().optional().describe('The programme that they ask about.'),
    consent: z
      .boolean('must be true or false')
      .optional()
      .describe('Whether the persons agreed to be called.'),
  }),
  response: z.object({
    items: z
      .array(
        z.union([
          releasedLead,
          z.object({
            id: answerId('The lead.'),
            outcome: z.literal('not_waiting').describe('It does not wait in quarantine.'),
          }),
          refusedLead,
        ]),
      )
      .describe('One for each lead, in the order given.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { ids: [17, 18], programmeId: 145 },
    response: { items: [exampleReleased, { id: 18, outcome: 'not_waiting' }] },
  },
});
