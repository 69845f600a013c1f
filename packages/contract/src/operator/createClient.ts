import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, text } from './parameters.ts';

export const createClient = operatorOperation({
  name: 'createClient',
  title: 'Create a client',
  description: 'A client receives contacts with its keys: create one next.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: text(200).describe('Its name, which no other client has, letter case and accents aside.'),
  }),
  response: z.object({
    id: answerId('Identifies the client.'),
    nom: z.string().describe('Its name.'),
  }),
  errors: ['name_taken'],
  example: { request: { nom: 'Promoteur X' }, response: { id: 12, nom: 'Promoteur X' } },
});
