import { z } from 'zod';
import { contact, examplePulledContact } from '../contact.ts';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleListedPull, listedPull } from './listedPull.ts';
import { answerCount, answerId } from './parameters.ts';

export const getPull = operatorOperation({
  name: 'getPull',
  title: 'One pull',
  description: 'A pull with its contacts, in the order and as they were delivered.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({
    pullId: z.uuid('must be the id of a pull').describe('The pull.'),
  }),
  response: z.object({
    pull: listedPull,
    releasable: answerCount(
      'How many contacts a release would put back; the others were acted on since, or are back.',
    ),
    items: z
      .array(
        z.object({
          position: answerId('Its place in the pull, from 1.'),
          action_id: answerId('The contact.'),
          prospect_id: answerId('The person.'),
          contact: contact
            .nullable()
            .describe('The contact as it was delivered; null: the person was erased since.'),
          statut_designation: z
            .string()
            .nullable()
            .describe('Where the contact stands now; null: the person was erased since.'),
          held: z.boolean().describe('True while the contact is still with this pull.'),
        }),
      )
      .describe('In the order of the pull.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { pullId: exampleListedPull.pull_id },
    response: {
      pull: exampleListedPull,
      releasable: 1,
      items: [
        {
          position: 1,
          action_id: examplePulledContact.action_id,
          prospect_id: examplePulledContact.prospect_id,
          contact: examplePulledContact,
          statut_designation: 'Transmis',
          held: true,
        },
      ],
    },
  },
});
