import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { email, password, signInAnswer } from './credentials.ts';

export const signIn = operatorOperation({
  name: 'signIn',
  title: 'Sign in',
  description:
    'Starts a session, in a cookie. An unknown address, a wrong password and a disabled person get the same answer.',
  changes: true,
  access: 'anyone',
  database: false,
  request: z.strictObject({ email: email(), password: password().describe('The password.') }),
  response: signInAnswer,
  errors: ['wrong_credentials', 'rate_limited'],
  example: {
    request: { email: 'claire@example.com', password: 'une phrase bien à moi' },
    response: { second_factor: true },
  },
});
