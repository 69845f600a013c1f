import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { email, linkToken, newPassword, signInAnswer, staffName } from './credentials.ts';

export const acceptInvitation = operatorOperation({
  name: 'acceptInvitation',
  title: 'Set a password by a link',
  description:
    "Sets the password of the link's person, ends the person's other sessions and signs in. A link works once.",
  changes: true,
  access: 'anyone',
  database: false,
  request: z.strictObject({
    token: linkToken(),
    password: newPassword(),
    nom: staffName().optional().describe('Another name; wanted of the first admin.'),
    email: email().optional().describe('Of the first admin alone: the address to sign in with.'),
  }),
  response: signInAnswer,
  errors: ['record_not_found', 'rate_limited'],
  example: {
    request: {
      token: '6rXk0fGJ2mYw8QbTzV5nLhPc3sEaUd9iKo1RvNxBtMq',
      password: 'une phrase bien à moi',
    },
    response: { second_factor: false },
  },
});
