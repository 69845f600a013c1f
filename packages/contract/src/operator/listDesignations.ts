import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { list } from './designations.ts';
import { answerCount, answerId } from './parameters.ts';

export const listDesignations = operatorOperation({
  name: 'listDesignations',
  title: 'Lists',
  description: 'Every entry of a list, by id, with the keys and sources that refer to it.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ list }),
  response: z.object({
    items: z.array(
      z.object({
        id: answerId('Identifies the entry, to clients too.'),
        designation: z.string().describe('Its name.'),
        keys: answerCount('Keys that pull from it or set it, ended ones included.'),
        sources: answerCount('Sources that give it to their leads.'),
        pulled_from: z
          .boolean()
          .describe('True when a valid key pulls from it: what gets it is handed out.'),
      }),
    ),
  }),
  errors: [],
  example: {
    request: { list: 'statuts' },
    response: {
      items: [{ id: 2, designation: 'À transmettre', keys: 3, sources: 2, pulled_from: true }],
    },
  },
});
