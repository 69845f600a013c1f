import { z } from 'zod';
import { admins, operatorOperation } from '../operation.ts';
import { exampleLink, linkAnswer } from './credentials.ts';
import { id } from './parameters.ts';

export const renewInvitation = operatorOperation({
  name: 'renewInvitation',
  title: 'Give somebody a new link',
  description:
    'For a password that was forgotten, or a link that has expired; an earlier link ends. Nothing else changes until the link is used.',
  changes: true,
  access: admins,
  database: false,
  request: z.strictObject({
    id: id().describe('The person.'),
    resetTwoFactor: z
      .boolean('must be true or false')
      .default(false)
      .describe('Whether using the link also takes the second factor off, for a lost phone.'),
  }),
  response: z.object(linkAnswer),
  errors: ['record_not_found', 'changed_meanwhile'],
  example: { request: { id: 2, resetTwoFactor: true }, response: exampleLink },
});
