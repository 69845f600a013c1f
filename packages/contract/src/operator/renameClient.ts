import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, text } from './parameters.ts';

export const renameClient = operatorOperation({
  name: 'renameClient',
  title: 'Rename a client',
  description: 'Its keys, pulls and contacts stay as they are.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: id().describe('The client.'),
    nom: text(200).describe(
      'Its new name, which no other client has, letter case and accents aside.',
    ),
  }),
  response: z.object({
    id: answerId('Identifies the client.'),
    nom: z.string().describe('Its name.'),
  }),
  errors: ['record_not_found', 'name_taken'],
  example: {
    request: { id: 12, nom: 'Promoteur X Sud' },
    response: { id: 12, nom: 'Promoteur X Sud' },
  },
});
