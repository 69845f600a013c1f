import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { exampleIssuedKey, issuedKey } from './issuedKey.ts';
import { keyMapping } from './keyMapping.ts';
import { keyId, overlapHours } from './parameters.ts';

export const rotateKey = operatorOperation({
  name: 'rotateKey',
  title: 'Rotate a key',
  description:
    'Gives the mapping of a valid key to a new one, which is shown this once. The old one goes on for the overlap.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: keyId(),
    overlapHours: overlapHours(),
    expiresAt: keyMapping.expiresAt
      .optional()
      .describe('When the new one ends by itself; null: never; left out: when the old one would.'),
  }),
  response: issuedKey,
  errors: ['record_not_found', 'changed_meanwhile'],
  example: { request: { id: '3bS9x8KlPy01', overlapHours: 24 }, response: exampleIssuedKey },
});
