import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { exampleJob, job } from './job.ts';
import { id } from './parameters.ts';

export const getJob = operatorOperation({
  name: 'getJob',
  title: 'Progress of a job',
  description: 'How far a job has come, and what it made. Ask again each second while it runs.',
  changes: false,
  access: ['admin', 'operateur', 'dpo'],
  database: true,
  request: z.strictObject({ id: id().describe('The job.') }),
  response: job,
  errors: ['record_not_found'],
  example: { request: { id: 41 }, response: exampleJob },
});
