import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { exampleKey, keySummary } from './keySummary.ts';
import { keyId } from './parameters.ts';

export const revokeKey = operatorOperation({
  name: 'revokeKey',
  title: 'Revoke a key',
  description:
    'Ends a key for good, on every server: when the answer is there, no pull commits with it any more. What was revoked before stays as it was.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ id: keyId() }),
  response: keySummary,
  errors: ['record_not_found'],
  example: {
    request: { id: '4fT0a9LmQz12' },
    response: { ...exampleKey, state: 'revoked', revoked_at: '2026-11-23T10:00:00.000Z' },
  },
});
