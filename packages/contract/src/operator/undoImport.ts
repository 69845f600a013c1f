import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { startedJob } from './job.ts';
import { id } from './parameters.ts';

export const undoImport = operatorOperation({
  name: 'undoImport',
  title: 'Take an import back',
  description:
    'Starts a job that takes back what an import wrote, all of it or nothing. Contacts that were handed out, changed or let in by hand, joined or sent again since stay, and are counted as kept. The file may be imported anew afterwards.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ id: id().describe('The import.') }),
  response: startedJob,
  errors: ['record_not_found', 'record_in_use'],
  example: { request: { id: 12 }, response: { job_id: 43 } },
});
