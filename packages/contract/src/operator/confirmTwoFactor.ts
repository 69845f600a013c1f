import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { code } from './credentials.ts';

export const confirmTwoFactor = operatorOperation({
  name: 'confirmTwoFactor',
  title: 'Turn the second factor on',
  description:
    'From now on a code is asked at sign-in. Ends your other sessions, which have shown none.',
  changes: true,
  access: everyone,
  database: false,
  beforeTwoFactor: true,
  request: z.strictObject({ code: code().describe('The 6 digits that the app shows now.') }),
  response: z.object({
    recovery_codes: z
      .array(z.string())
      .describe('Each stands in for a code once. They are shown this once.'),
  }),
  errors: ['changed_meanwhile', 'rate_limited'],
  example: {
    request: { code: '492039' },
    response: {
      recovery_codes: ['3f9ac01-b2d77e0-4c5d18a-96e20b7', '90be16a-2f3d4c8-705e9b1-c38f4d2'],
    },
  },
});
