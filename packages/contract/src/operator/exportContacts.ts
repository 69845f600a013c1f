import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { contactFilter } from './contactFilter.ts';
import { type ExportColumn, exportColumns } from './exportColumns.ts';
import { startedJob } from './job.ts';

const names = Object.keys(exportColumns) as [ExportColumn, ...ExportColumn[]];
const rule = `must be a list of columns among ${names.join(', ')}`;

export const exportContacts = operatorOperation({
  name: 'exportContacts',
  title: 'Export contacts',
  description:
    'Starts a job that writes what searchContacts finds into a file, as the data stands at one moment. CSV is written as Excel in French reads it; no cell of either format is a formula. The export is noted in the audit.',
  changes: true,
  access: ['admin', 'operateur', 'dpo'],
  database: true,
  request: z.strictObject({
    format: z.enum(['csv', 'xlsx'], 'must be csv or xlsx').describe('The format of the file.'),
    columns: z
      .array(z.enum(names, rule), rule)
      .min(1, rule)
      .transform((given) => names.filter((name) => given.includes(name)))
      .optional()
      .describe('Which columns, in whatever order; all of them when left out.'),
    ...contactFilter,
  }),
  response: startedJob,
  errors: [],
  example: {
    request: { format: 'csv', statutIds: [2], columns: ['prospect_nom', 'prospect_telephone'] },
    response: { job_id: 41 },
  },
});
