import { z } from 'zod';
import { operation } from '../operation.ts';

export const resetSandbox = operation({
  name: 'resetSandbox',
  audience: 'client',
  published: false,
  title: 'Reset the sandbox',
  description:
    'With a test key: makes the contacts of the sandbox what they were at the beginning, the same each time, and forgets all pulls. It concerns every key of the same sandbox. While the agency imports or exports in it, the answer is 503.',
  changes: true,
  retry: 'always',
  request: z.strictObject({}),
  response: z
    .object({ ready: z.int().min(0).describe('How many contacts are ready for your key now.') })
    .meta({ id: 'SandboxReset' }),
  errors: [],
  headers: [],
  example: { request: {}, response: { ready: 240 } },
});
