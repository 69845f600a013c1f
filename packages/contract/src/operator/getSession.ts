import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleStaff, staffMember } from './staffMember.ts';

export const getSession = operatorOperation({
  name: 'getSession',
  title: 'Who is signed in',
  description: 'The person of the session, and the CRM databases there are.',
  changes: false,
  access: everyone,
  database: false,
  beforeTwoFactor: true,
  request: z.strictObject({}),
  response: z.object({
    staff: staffMember,
    two_factor_required: z
      .boolean()
      .describe(
        'Whether this installation requires a second factor: a person without one can do nothing but turn it on.',
      ),
    databases: z
      .array(
        z.object({
          nom: z.string().describe('Its name: the member `database` of other operations.'),
          environment: z.enum(['live', 'test']).describe('test for a sandbox.'),
        }),
      )
      .describe('By name.'),
  }),
  errors: [],
  example: {
    request: {},
    response: {
      staff: exampleStaff,
      two_factor_required: false,
      databases: [{ nom: 'main', environment: 'live' }],
    },
  },
});
