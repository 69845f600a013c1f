import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { MOST_COUNTED } from './paging.ts';
import { answerCount, answerId, ids } from './parameters.ts';

export const listProgrammes = operatorOperation({
  name: 'listProgrammes',
  title: 'Programmes',
  description: 'Every programme, by name, with what refers to it: an agency has some hundreds.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({
    regionIds: ids().optional().describe('Only those of these regions.'),
  }),
  response: z.object({
    items: z.array(
      z.object({
        id: answerId('Identifies the programme, to clients too.'),
        nom: z.string().describe('Its name.'),
        ville: z.string().nullable().describe('Its town.'),
        region_id: answerId('Its region.'),
        region_nom: z.string().describe('Name of that region.'),
        actions: answerCount(`Enquiries about it, counted up to ${MOST_COUNTED}.`).max(
          MOST_COUNTED,
        ),
        actions_more: z.boolean().describe('True when there are more than that.'),
        sources: answerCount('Sources that name it, as their default or by a mapped text.'),
      }),
    ),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      items: [
        {
          id: 145,
          nom: "Les Jardins de l'Aube",
          ville: 'Toulouse',
          region_id: 30,
          region_nom: 'Occitanie',
          actions: 812,
          actions_more: false,
          sources: 1,
        },
      ],
    },
  },
});
