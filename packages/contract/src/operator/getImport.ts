import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { columnUse } from './importFile.ts';
import { exampleJob, job } from './job.ts';
import { exampleImport, listedImport } from './listedImport.ts';
import { id } from './parameters.ts';
import { exampleMadeFile } from './storedFile.ts';

export const getImport = operatorOperation({
  name: 'getImport',
  title: 'One import',
  description:
    'What became of the rows of a file. Once its job has ended, `job.file` is a CSV file of the rows that waited then, with the reasons: corrected and imported into the same source, it lets them in.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ id: id().describe('The import.') }),
  response: z.object({
    import: listedImport,
    columns: z
      .record(z.string(), columnUse)
      .describe('What its columns are, by title: letters and digits alone, in lower case.'),
    job: job.nullable().describe('Its latest job; null when there is none.'),
    file_id: z
      .uuid()
      .nullable()
      .describe('The file itself, while it is kept: what startImport takes to go on.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { id: 12 },
    response: {
      import: exampleImport,
      columns: { nom: 'nom', telbureau: 'telephone' },
      job: {
        ...exampleJob,
        kind: 'import',
        subject: 'visiteurs.xlsx',
        import_id: 12,
        counts: { accepted: 398, merged: 9, quarantined: 5, repeated: 0 },
        file: { ...exampleMadeFile, nom: 'visiteurs.errors.csv' },
      },
      file_id: 'b2f8e9ce-4b86-4a54-9a2f-3a5c9a0f5d11',
    },
  },
});
