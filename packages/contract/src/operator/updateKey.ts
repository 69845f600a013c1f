import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { keyMapping } from './keyMapping.ts';
import { exampleKey, keySummary } from './keySummary.ts';
import { keyId } from './parameters.ts';

const { shape } = z.object(keyMapping).partial();

export const updateKey = operatorOperation({
  name: 'updateKey',
  title: "Change a key's scope",
  description:
    'Only what is given changes. It holds from the next request on, on every server: a pull under way ends before, and is not changed by it. A key that was revoked stays so. With what was shown of the scope (before), a change of what somebody else has changed since is refused, and writes nothing.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    id: keyId(),
    ...shape,
    before: z
      .strictObject(shape, 'must be an object of fields')
      .optional()
      .describe('What the scope was as the key was shown; of what changes alone.'),
  }),
  response: keySummary,
  errors: ['record_not_found', 'changed_meanwhile'],
  example: {
    request: { id: '4fT0a9LmQz12', regionIds: [30], before: { regionIds: [30, 62] } },
    response: exampleKey,
  },
});
