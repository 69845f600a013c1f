import { z } from 'zod';
import { text } from './parameters.ts';
import { sourceName } from './sourceRules.ts';
import { fileId } from './storedFile.ts';

/** What a column of an imported file may be. */
export const columnUses = [
  'civilite',
  'nom',
  'prenom',
  'nom_complet',
  'telephone',
  'email',
  'adresse',
  'code_postal',
  'ville',
  'pays',
  'programme',
  'commentaire',
  'consent',
  'createdAt',
  'externalId',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'gclid',
  'fbclid',
  'test',
  'hint',
  'answer',
  'ignore',
] as const;

const uses = `must be one of ${columnUses.join(', ')}`;
const choiceList = 'must be a list of up to 500 columns, each with its title and use';
const one = 'must be one character';

export const columnUse = z
  .enum(columnUses, uses)
  .describe(
    'A field of the lead; hint: may tell its programme; answer: kept as a question with its answer; ignore: left out.',
  );

/** A file to import, and what the user says of it instead of leaving it to be found out. */
export const importFile = {
  source: sourceName.describe('The source that the leads are of.'),
  fileId: fileId().describe('The uploaded file.'),
  choices: z
    .array(
      z.strictObject({
        title: z.string(choiceList).max(10_000, choiceList).describe('As preview tells it.'),
        use: columnUse,
      }),
      choiceList,
    )
    .max(500, choiceList)
    .default([])
    .describe('What columns are, where it is not as found out.'),
  separator: z
    .string(one)
    .refine((given) => [...given].length === 1, one)
    .optional()
    .describe('CSV: what stands between two cells.'),
  encoding: text(40).optional().describe('CSV: such as windows-1252.'),
  sheet: z
    .string('must be the name of a sheet')
    .max(200, 'must be the name of a sheet')
    .optional()
    .describe('XLSX: the sheet; the first one that is not hidden when left out.'),
};
