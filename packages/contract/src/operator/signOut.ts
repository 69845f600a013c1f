import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';

export const signOut = operatorOperation({
  name: 'signOut',
  title: 'Sign out',
  description: 'Ends this session.',
  changes: true,
  access: everyone,
  database: false,
  beforeTwoFactor: true,
  request: z.strictObject({}),
  response: z.object({}),
  errors: [],
  example: { request: {}, response: {} },
});
