import { z } from 'zod';
import { operatorOperation, roles } from '../operation.ts';
import { linkToken } from './credentials.ts';

export const readInvitation = operatorOperation({
  name: 'readInvitation',
  title: 'Whose link this is',
  description: 'What the page of a link shows before a password is set. Changes nothing.',
  changes: false,
  access: 'anyone',
  database: false,
  request: z.strictObject({ token: linkToken() }),
  response: z.object({
    email: z
      .string()
      .nullable()
      .describe('The address to sign in with; null for the first admin, who gives it.'),
    nom: z.string().nullable().describe('The name; null for the first admin.'),
    role: z.enum(roles).describe('What the person may do.'),
    resets_two_factor: z.boolean().describe('True when the second factor is taken off as well.'),
    expires_at: z.iso.datetime({ precision: 3 }).describe('Until when the link works.'),
  }),
  errors: ['record_not_found', 'rate_limited'],
  example: {
    request: { token: '6rXk0fGJ2mYw8QbTzV5nLhPc3sEaUd9iKo1RvNxBtMq' },
    response: {
      email: 'claire@example.com',
      nom: 'Claire',
      role: 'admin',
      resets_two_factor: false,
      expires_at: '2026-11-26T08:00:00.000Z',
    },
  },
});
