import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleKey, keySummary } from './keySummary.ts';
import { id } from './parameters.ts';

export const listKeys = operatorOperation({
  name: 'listKeys',
  title: 'API keys',
  description: 'Every key with its mapping and last use, newest first: those that ended too.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ clientId: id().optional().describe('Only those of this client.') }),
  response: z.object({ items: z.array(keySummary) }),
  errors: [],
  example: { request: { clientId: 12 }, response: { items: [exampleKey] } },
});
