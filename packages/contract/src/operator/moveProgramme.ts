import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerCount, answerId, id } from './parameters.ts';

const clients = (what: string) =>
  z
    .array(z.object({ id: answerId('The client.'), nom: z.string().describe('Its name.') }))
    .describe(what);

export const moveProgramme = operatorOperation({
  name: 'moveProgramme',
  title: 'Move a programme to another region',
  description:
    'Moves a programme with all its actions, in one transaction. A pull under way ends before: what it took stays with its client. Pulls that come meanwhile pass over the contacts of this programme, and its new leads wait. Refused where the region has a programme of the same name and town, between which no lead could choose. With `preview` nothing is changed: the answer says what would be.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: id().describe('The programme.'),
    regionId: id().describe('The region that it is to lie in.'),
    preview: z
      .boolean('must be true or false')
      .default(false)
      .describe('True: only say what it would do.'),
  }),
  response: z.object({
    id: answerId('The programme.'),
    region_id: answerId('The region that it lies in now.'),
    actions: answerCount('Actions that move with it.'),
    ready: answerCount('Those of them that a key could pull: handed out by other clients then.'),
    losing: clients('Clients whose valid keys see its contacts in the old region alone.'),
    gaining: clients('Clients whose valid keys see them in the new region alone.'),
  }),
  errors: ['record_not_found', 'name_taken'],
  example: {
    request: { id: 145, regionId: 62, preview: true },
    response: {
      id: 145,
      region_id: 30,
      actions: 812,
      ready: 57,
      losing: [{ id: 12, nom: 'Promoteur X' }],
      gaining: [],
    },
  },
});
