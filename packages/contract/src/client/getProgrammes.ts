import { z } from 'zod';
import { operation } from '../operation.ts';
import { regionIds } from './parameters.ts';

export const getProgrammes = operation({
  name: 'getProgrammes',
  audience: 'client',
  published: true,
  title: 'Fetch programmes',
  description: 'The real estate programmes of your authorised regions, by id.',
  changes: false,
  retry: 'always',
  request: z.object({ regionIds }),
  response: z.array(
    z
      .object({
        id: z.int().positive().describe('Identifies the programme.'),
        idRegion: z.int().positive().describe('Its region.'),
        nom: z.string().describe('Its name.'),
      })
      .meta({ id: 'Programme' }),
  ),
  errors: ['region_not_allowed'],
  headers: [],
  example: {
    request: {},
    response: [{ id: 145, idRegion: 30, nom: "Les Jardins de l'Aube" }],
  },
});
