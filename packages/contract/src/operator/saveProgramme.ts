import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, text } from './parameters.ts';

export const saveProgramme = operatorOperation({
  name: 'saveProgramme',
  title: 'Save a programme',
  description:
    'Creates a programme, or changes name and town of the one of this id. Its region is changed by moveProgramme, since that changes who receives its contacts. Name and town together are refused where another programme of the region has them. With what was shown of the two (before), one that is given as it was shown stays as it is now, and a change of one that somebody else has changed since is refused.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: id().optional().describe('The programme to change; a new one when left out.'),
    regionId: id()
      .optional()
      .describe('Its region: required for a new one, and otherwise the one that it lies in.'),
    nom: text(200).describe('Its name.'),
    ville: text(200).nullable().default(null).describe('Its town.'),
    before: z
      .strictObject({ nom: text(200), ville: text(200).nullable() }, 'must be an object of fields')
      .optional()
      .describe('Name and town of the one of this id as they were shown.'),
  }),
  response: z.object({
    id: answerId('Identifies the programme.'),
    nom: z.string().describe('Its name.'),
    ville: z.string().nullable().describe('Its town.'),
    region_id: answerId('Its region.'),
  }),
  errors: ['record_not_found', 'name_taken', 'changed_meanwhile'],
  example: {
    request: { regionId: 30, nom: "Les Jardins de l'Aube", ville: 'Toulouse' },
    response: { id: 145, nom: "Les Jardins de l'Aube", ville: 'Toulouse', region_id: 30 },
  },
});
