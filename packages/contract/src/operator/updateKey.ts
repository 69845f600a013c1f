import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { keyMapping } from './keyMapping.ts';
import { exampleKey, keySummary } from './keySummary.ts';
import { keyId } from './parameters.ts';

export const updateKey = operatorOperation({
  name: 'updateKey',
  title: "Change a key's scope",
  description:
    'Only what is given changes. It holds from the next request on, on every server: a pull under way ends before, and is not changed by it. A key that was revoked stays so.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: keyId(),
    regionIds: keyMapping.regionIds.optional(),
    readyStatutId: keyMapping.readyStatutId.optional(),
    pulledStatutId: keyMapping.pulledStatutId.optional(),
    operations: keyMapping.operations.optional(),
    ipRanges: keyMapping.ipRanges.optional(),
    expiresAt: keyMapping.expiresAt.optional(),
  }),
  response: keySummary,
  errors: ['record_not_found', 'changed_meanwhile'],
  example: { request: { id: '4fT0a9LmQz12', regionIds: [30] }, response: exampleKey },
});
