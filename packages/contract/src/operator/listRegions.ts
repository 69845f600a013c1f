import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { answerCount, answerId } from './parameters.ts';

export const listRegions = operatorOperation({
  name: 'listRegions',
  title: 'Regions',
  description: 'Every region, by name, with what refers to it.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({}),
  response: z.object({
    items: z.array(
      z.object({
        id: answerId('Identifies the region, to clients too.'),
        nom: z.string().describe('Its name.'),
        programmes: answerCount('Its programmes.'),
        keys: answerCount(
          'Keys that name it, expired ones included, revoked ones not: those of all regions do not.',
        ),
      }),
    ),
  }),
  errors: [],
  example: {
    request: {},
    response: { items: [{ id: 30, nom: 'Occitanie', programmes: 14, keys: 2 }] },
  },
});
