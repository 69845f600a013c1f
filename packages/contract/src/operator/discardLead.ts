import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, ids, text } from './parameters.ts';
import { refusedLead } from './refusedLead.ts';

export const discardLead = operatorOperation({
  name: 'discardLead',
  title: 'Discard leads',
  description:
    'Puts leads away for good, one by one; they stay in the ledger. For robots and trials.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    ids: ids().describe('The leads, up to 200.'),
    reason: text(500).describe('Why, for the record; no personal data.'),
  }),
  response: z.object({
    items: z
      .array(
        z.union([
          z.object({
            id: answerId('The lead.'),
            outcome: z
              .enum(['discarded', 'not_waiting'])
              .describe('not_waiting: it does not wait in quarantine.'),
          }),
          refusedLead,
        ]),
      )
      .describe('One for each lead, in the order given.'),
  }),
  errors: [],
  example: {
    request: { ids: [17], reason: 'robot' },
    response: { items: [{ id: 17, outcome: 'discarded' }] },
  },
});
