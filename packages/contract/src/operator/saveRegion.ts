import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, text } from './parameters.ts';

export const saveRegion = operatorOperation({
  name: 'saveRegion',
  title: 'Save a region',
  description:
    'Creates a region, or renames the one of this id. Keys of all regions see a new one.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: id().optional().describe('The region to rename; a new one when left out.'),
    nom: text(200).describe('Its name, which no other region has, letter case and accents aside.'),
  }),
  response: z.object({
    id: answerId('Identifies the region.'),
    nom: z.string().describe('Its name.'),
  }),
  errors: ['record_not_found', 'name_taken'],
  example: {
    request: { nom: 'Occitanie' },
    response: { id: 30, nom: 'Occitanie' },
  },
});
