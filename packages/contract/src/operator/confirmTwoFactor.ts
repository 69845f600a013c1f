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
  request: z.strictObject({ code: code().describe('The 6 digits that the app shows now.') }),
  response: z.object({
    recovery_codes: z
      .array(z.string())
      .describe('Each stands in for a code once. They are shown this once.'),
  }),
  errors: ['changed_meanwhile', 'rate_limited'],
  example: {
    request: { code: '492039' },
    response: { recovery_codes: ['3f9ac-01b2d-77e04-c5d18', '90be1-6a2f3-d4c87-05e9b'] },
  },
});
