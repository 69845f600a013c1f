import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { id } from './parameters.ts';
import { mappedProgramme } from './sourceDetail.ts';
import { programmeText, sourceName } from './sourceRules.ts';

const list = 'must be a list of up to 200';

export const mapProgrammes = operatorOperation({
  name: 'mapProgrammes',
  title: 'Map texts to programmes',
  description:
    'Lets texts of a source name programmes, or no longer. What waits in quarantine for such a text is let in by releasing it.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('The source.'),
    add: z
      .array(
        z.strictObject({ text: programmeText, programmeId: id().describe('The programme.') }),
        list,
      )
      .max(200, list)
      .default([])
      .describe('Texts with the programme that each names from now on.'),
    remove: z
      .array(programmeText, list)
      .max(200, list)
      .default([])
      .describe('Texts that name none any more.'),
  }),
  response: z.object({
    programmes: z.array(mappedProgramme).describe('What names a programme now, by text.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { nom: 'meta', add: [{ text: 'T3 Aube', programmeId: 145 }] },
    response: {
      programmes: [{ text: 't3aube', programme_id: 145, programme_nom: "Les Jardins de l'Aube" }],
    },
  },
});
