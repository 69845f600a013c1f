import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { importFile } from './importFile.ts';

export const startImport = operatorOperation({
  name: 'startImport',
  title: 'Import a file',
  description:
    'Starts a job that imports an uploaded file into a source. An import of the same file that was broken off is gone on with; while one of its jobs is live, that job is told. What the columns are is remembered for the source.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject(importFile),
  response: z.object({
    job_id: z.int().positive().describe('Ask getJob for its progress.'),
    import_id: z.int().positive().describe('The import.'),
  }),
  errors: ['record_not_found', 'imported_before'],
  example: {
    request: { source: 'salons', fileId: 'b2f8e9ce-4b86-4a54-9a2f-3a5c9a0f5d11' },
    response: { job_id: 40, import_id: 12 },
  },
});
