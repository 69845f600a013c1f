import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { id } from './parameters.ts';

export const endSession = operatorOperation({
  name: 'endSession',
  title: 'End one of your sessions',
  description: 'Signs a browser out that is not at hand.',
  changes: true,
  access: everyone,
  database: false,
  request: z.strictObject({ id: id().describe('The session, of listSessions.') }),
  response: z.object({}),
  errors: ['record_not_found'],
  example: { request: { id: 31 }, response: {} },
});
