import { z } from 'zod';
import { operatorOperation } from '../operation.ts';

const rule = 'must be a code of 6 digits, or a recovery code';

export const confirmSignIn = operatorOperation({
  name: 'confirmSignIn',
  title: 'Show the second factor',
  description:
    'Makes the session whole that signIn began, within 10 minutes. A code works once. "not_signed_in" says that the password is wanted again.',
  changes: true,
  access: 'anyone',
  database: false,
  request: z.strictObject({
    code: z
      .string(rule)
      .min(6, rule)
      .max(40, rule)
      .describe('The 6 digits that the app shows, or a recovery code.'),
  }),
  response: z.object({
    recovery_codes: z.int().min(0).describe('How many recovery codes are left.'),
  }),
  errors: ['not_signed_in', 'wrong_credentials', 'rate_limited'],
  example: { request: { code: '492039' }, response: { recovery_codes: 10 } },
});
