import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleListedPull, listedPull, pullStates } from './listedPull.ts';
import { page, paging } from './paging.ts';
import { ids, period, text } from './parameters.ts';

const keyList = 'must be a list of 1 to 200 ids of keys';

export const listPulls = operatorOperation({
  name: 'listPulls',
  title: 'Pulls',
  description: 'What clients have pulled, batch by batch, newest first.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({
    clientIds: ids().optional().describe('Only pulls of these clients.'),
    keyIds: z
      .array(text(100), keyList)
      .min(1, keyList)
      .max(200, keyList)
      .optional()
      .describe('Only pulls with these API keys.'),
    state: z
      .enum(pullStates, 'must be written, uncertain or released')
      .optional()
      .describe('Only pulls that stand so.'),
    from: period.from.describe('Only what was pulled at this time or later.'),
    to: period.to.describe('Only what was pulled before this time.'),
    ...paging,
  }),
  response: page(listedPull),
  errors: [],
  example: {
    request: { clientIds: [1], state: 'written' },
    response: { items: [exampleListedPull], next: null, total: 1, more: false },
  },
});
