import { z } from 'zod';
import { operation } from '../operation.ts';

export const getRegions = operation({
  name: 'getRegions',
  audience: 'client',
  published: true,
  title: 'Fetch regions',
  description: 'The regions that your key is authorised for, by id.',
  changes: false,
  retry: 'always',
  request: z.object({}),
  response: z.array(
    z
      .object({
        id: z.int().positive().describe('Identifies the region.'),
        nom: z.string().describe('Its name.'),
      })
      .meta({ id: 'Region' }),
  ),
  errors: [],
  headers: [],
  example: {
    request: {},
    response: [
      { id: 30, nom: 'Occitanie' },
      { id: 62, nom: "Provence-Alpes-Côte d'Azur" },
    ],
  },
});
