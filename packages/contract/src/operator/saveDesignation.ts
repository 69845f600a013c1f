import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { list } from './designations.ts';
import { answerId, id, text } from './parameters.ts';

export const saveDesignation = operatorOperation({
  name: 'saveDesignation',
  title: 'Save an entry of a list',
  description:
    'Creates an entry, or renames the one of this id: clients see the new name from the next request on.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    list,
    id: id().optional().describe('The entry to rename; a new one when left out.'),
    designation: text(200).describe(
      'Its name, which no other entry of the list has, letter case and accents aside.',
    ),
  }),
  response: z.object({
    id: answerId('Identifies the entry.'),
    designation: z.string().describe('Its name.'),
  }),
  errors: ['record_not_found', 'name_taken'],
  example: {
    request: { list: 'statuts', designation: 'À rappeler' },
    response: { id: 7, designation: 'À rappeler' },
  },
});
