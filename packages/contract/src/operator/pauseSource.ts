import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { sourceName } from './sourceRules.ts';

export const pauseSource = operatorOperation({
  name: 'pauseSource',
  title: 'Pause or resume a source',
  description: 'The leads of a paused source are taken, and wait in quarantine.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('The source.'),
    paused: z.boolean('must be true or false').describe('True to pause it, false to resume it.'),
  }),
  response: z.object({
    nom: z.string().describe('The source.'),
    state: z.enum(['open', 'paused']).describe('How it is now.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { nom: 'site-web', paused: true },
    response: { nom: 'site-web', state: 'paused' },
  },
});
