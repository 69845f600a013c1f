import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { exampleJob, job, jobKinds } from './job.ts';
import { page, paging } from './paging.ts';

const kinds = `must be a list of ${jobKinds.join(', ')}`;

export const listJobs = operatorOperation({
  name: 'listJobs',
  title: 'Jobs',
  description: 'Imports, exports and bulk changes that run or ran lately, newest first.',
  changes: false,
  access: ['admin', 'operateur', 'dpo'],
  database: true,
  request: z.strictObject({
    mine: z.boolean('must be true or false').default(false).describe('true: only your own.'),
    live: z
      .boolean('must be true or false')
      .default(false)
      .describe('true: only those that have not ended.'),
    kinds: z.array(z.enum(jobKinds, kinds), kinds).min(1, kinds).optional().describe('Only these.'),
    ...paging,
  }),
  response: page(job),
  errors: [],
  example: {
    request: { mine: true },
    response: { items: [exampleJob], next: null, total: 1, more: false },
  },
});
