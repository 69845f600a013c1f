import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { exampleIssuedKey, issuedKey } from './issuedKey.ts';
import { keyMapping } from './keyMapping.ts';
import { id } from './parameters.ts';

export const createKey = operatorOperation({
  name: 'createKey',
  title: 'Create a key',
  description: 'The answer holds the key itself, this once: only its hash is stored.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    clientId: id().describe('The client that it belongs to.'),
    ...keyMapping,
    operations: keyMapping.operations.default(null),
    ipRanges: keyMapping.ipRanges.default(null),
    expiresAt: keyMapping.expiresAt.default(null),
  }),
  response: issuedKey,
  errors: ['record_not_found'],
  example: {
    request: { clientId: 12, regionIds: [30], readyStatutId: 2, pulledStatutId: 3 },
    response: exampleIssuedKey,
  },
});
