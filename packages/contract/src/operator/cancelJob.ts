import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { exampleJob, job } from './job.ts';
import { id } from './parameters.ts';

export const cancelJob = operatorOperation({
  name: 'cancelJob',
  title: 'Cancel a job',
  description:
    'Stops a job between two batches. What it has stored stays: an import can be gone on with or taken back. Others than an admin cancel only their own. Cancelling what has ended changes nothing.',
  changes: true,
  access: ['admin', 'operateur', 'dpo'],
  database: true,
  request: z.strictObject({ id: id().describe('The job.') }),
  response: job,
  errors: ['record_not_found', 'role_not_allowed'],
  example: {
    request: { id: 41 },
    response: { ...exampleJob, state: 'cancelled', counts: {}, done: 0, total: null, file: null },
  },
});
