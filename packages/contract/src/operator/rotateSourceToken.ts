import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { overlapHours } from './parameters.ts';
import { sourceName } from './sourceRules.ts';

export const rotateSourceToken = operatorOperation({
  name: 'rotateSourceToken',
  title: "Rotate a source's token",
  description:
    'Gives a source a new token, which is shown this once. The old one goes on for the overlap, and so does one that goes on from an earlier rotation, until its own time at the latest.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('The source.'),
    overlapHours: overlapHours(),
  }),
  response: z.object({
    nom: z.string().describe('The source.'),
    token: z.string().describe('Its new token, shown this once.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { nom: 'site-web', overlapHours: 24 },
    response: { nom: 'site-web', token: `relais_intake_${'0'.repeat(30)}` },
  },
});
