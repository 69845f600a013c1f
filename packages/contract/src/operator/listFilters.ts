import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { answerId } from './parameters.ts';

const nom = z.string().describe('Its name.');
const designation = z.string().describe('What it is called.');

export const listFilters = operatorOperation({
  name: 'listFilters',
  title: 'What lists can be filtered by',
  description: 'Every region, programme, statut, client, source and origine, by name.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({}),
  response: z.object({
    regions: z.array(z.object({ id: answerId('The region.'), nom })),
    programmes: z.array(
      z.object({
        id: answerId('The programme.'),
        nom,
        ville: z.string().nullable().describe('Its town.'),
        region_id: answerId('Its region.'),
      }),
    ),
    statuts: z
      .array(
        z.object({
          id: answerId('The statut.'),
          designation,
          ready: z.boolean().describe('True when a key pulls from it.'),
        }),
      )
      .describe('By id: agencies number them in the order of their work.'),
    clients: z.array(z.object({ id: answerId('The client.'), nom })),
    sources: z.array(
      z.object({ nom, channel: z.string().describe('Its kind: json, form, meta, google, file.') }),
    ),
    origines: z.array(z.object({ id: answerId('The origine.'), designation })),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      regions: [{ id: 30, nom: 'Occitanie' }],
      programmes: [{ id: 145, nom: "Les Jardins de l'Aube", ville: 'Toulouse', region_id: 30 }],
      statuts: [{ id: 2, designation: 'À transmettre', ready: true }],
      clients: [{ id: 1, nom: 'Promoteur X' }],
      sources: [{ nom: 'site', channel: 'form' }],
      origines: [{ id: 1, designation: 'Website form' }],
    },
  },
});
