import { z } from 'zod';
import { contact, examplePulledContact } from '../contact.ts';
import { operation } from '../operation.ts';
import { pullId } from './parameters.ts';

export const getPullBatch = operation({
  name: 'getPullBatch',
  audience: 'client',
  published: false,
  title: 'Get a pull again',
  description:
    'The contacts of one pull again, in the same order and with the same values as when they were pulled.',
  changes: false,
  retry: 'always',
  request: z.strictObject({ pullId: pullId.describe('The pull.') }),
  response: z.array(contact),
  errors: ['pull_not_found', 'pull_released'],
  headers: ['Pull-Id', 'Pull-Seq', 'Pull-Count', 'Pull-Withheld', 'Pull-Delivery'],
  example: {
    request: { pullId: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41' },
    response: [examplePulledContact],
  },
});
