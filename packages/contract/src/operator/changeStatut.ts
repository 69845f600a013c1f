import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id, text } from './parameters.ts';

const rule = 'must be a list of 1 to 500 contacts, each with its id and version';

export const changeStatut = operatorOperation({
  name: 'changeStatut',
  title: 'Change the statut',
  description:
    'Gives contacts a statut, recorded with who and why, and tells for each what became of it. One that somebody else or a pull changed since it was shown is left as it is; so is one that a client has received when the statut is one that keys pull from.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    actions: z
      .array(
        z.strictObject({
          id: id().describe('The contact: its action_id.'),
          version: id().describe('Its version as it was shown.'),
        }),
        rule,
      )
      .min(1, rule)
      .max(500, rule)
      .refine((given) => new Set(given.map((row) => row.id)).size === given.length, {
        error: 'must name each contact once',
      })
      .describe('The contacts, at most 500.'),
    statutId: id().describe('The statut that they get.'),
    reason: text(500).describe('Why, for the record: 1 to 500 characters.'),
  }),
  response: z.object({
    changes: z
      .array(
        z.object({
          action_id: answerId('The contact.'),
          outcome: z
            .enum(['changed', 'unchanged', 'refused'])
            .describe('unchanged: it had that statut already; refused: see problem.'),
          problem: z.string().nullable().describe('Why it was refused; null otherwise.'),
        }),
      )
      .describe('One for each contact, in the order of the request.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: {
      actions: [
        { id: 1045, version: 1 },
        { id: 1046, version: 3 },
      ],
      statutId: 2,
      reason: 'called, wants a visit',
    },
    response: {
      changes: [
        { action_id: 1045, outcome: 'changed', problem: null },
        {
          action_id: 1046,
          outcome: 'refused',
          problem: 'It was changed meanwhile: it stands in "Transmis" now.',
        },
      ],
    },
  },
});
