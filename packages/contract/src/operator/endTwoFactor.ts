import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { password } from './credentials.ts';

export const endTwoFactor = operatorOperation({
  name: 'endTwoFactor',
  title: 'Turn the second factor off',
  description: 'From now on the password is enough. The recovery codes end as well.',
  changes: true,
  access: everyone,
  database: false,
  request: z.strictObject({ password: password().describe('Your password.') }),
  response: z.object({}),
  errors: ['rate_limited'],
  example: { request: { password: 'une phrase bien à moi' }, response: {} },
});
