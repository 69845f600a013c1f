import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { columnUse, importFile } from './importFile.ts';
import { exampleReason, suggestedReason } from './leadReason.ts';
import { answerCount, answerId, answerTime } from './parameters.ts';

const found = (what: string) => z.string().nullable().describe(`${what}; null for other files.`);

export const previewImport = operatorOperation({
  name: 'previewImport',
  title: 'Look at a file before it is imported',
  description:
    'How a file is understood, what its columns are taken for, and what an import would make of its first 20 rows, or of those that an import which was broken off comes to next. Stores nothing.',
  changes: false,
  access: operators,
  database: true,
  request: z.strictObject(importFile),
  response: z.object({
    nom: z.string().describe('The name of the file.'),
    format: z.enum(['csv', 'xlsx']).describe('By its content, whatever its name.'),
    encoding: found('CSV: how its letters are written'),
    separator: found('CSV: what stands between two cells'),
    sheet: found('XLSX: the sheet that is read'),
    other_sheets: z
      .array(z.string())
      .describe('XLSX: the sheets that hold something as well, each imported by itself.'),
    has_header: z.boolean().describe('False where the first row is a lead already.'),
    rows: answerCount('How many rows there are, the header not counted.'),
    columns: z
      .array(
        z.object({
          title: z.string().describe('As the file has it, or one made up where it has none.'),
          use: columnUse,
          own: z
            .boolean()
            .describe('True for a column of a file of ours: it says which lead a row corrects.'),
        }),
      )
      .describe('In the order of the file.'),
    items: z
      .array(
        z.object({
          line: answerId('CSV: the line of the file where the row starts; XLSX: its number.'),
          cells: z
            .array(z.string())
            .describe('One for each column, as the file has them; a row may have more.'),
          outcome: z
            .enum(['accepted', 'merged', 'quarantined', 'discarded'])
            .describe(
              'accepted: a contact of its own; merged: joins an open one; quarantined: waits; discarded: came before and was put away.',
            ),
          repeated: z.boolean().describe('True when the source had sent it before.'),
          known: z
            .boolean()
            .nullable()
            .describe('Whether the person is known already; null where nobody looked.'),
          reasons: z.array(suggestedReason).describe('Why it would wait, or what was noticed.'),
        }),
      )
      .describe('These 20 rows, as the file is understood now.'),
    problem: z
      .string()
      .nullable()
      .describe('What keeps it from being imported as it is understood now; null: nothing.'),
    earlier: z
      .object({
        import_id: answerId('The import.'),
        state: z.enum(['running', 'done']).describe('running: startImport goes on with it.'),
        started_at: answerTime('When it began.'),
      })
      .nullable()
      .describe('The import of this same file into this source, not undone; null: none.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: {
      source: 'salons',
      fileId: 'b2f8e9ce-4b86-4a54-9a2f-3a5c9a0f5d11',
      choices: [{ title: 'Tél bureau', use: 'telephone' }],
    },
    response: {
      nom: 'visiteurs.csv',
      format: 'csv',
      encoding: 'windows-1252',
      separator: ';',
      sheet: null,
      other_sheets: [],
      has_header: true,
      rows: 412,
      columns: [
        { title: 'Nom', use: 'nom', own: false },
        { title: 'Tél bureau', use: 'telephone', own: false },
        { title: 'Programme', use: 'programme', own: false },
      ],
      items: [
        {
          line: 2,
          cells: ['Dupont', '06 12 34 56 78', "Les Jardins de l'Aub"],
          outcome: 'quarantined',
          repeated: false,
          known: null,
          reasons: [exampleReason],
        },
      ],
      problem: null,
      earlier: null,
    },
  },
});
