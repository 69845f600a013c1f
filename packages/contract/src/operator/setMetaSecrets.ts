import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { metaSecrets, sourceName } from './sourceRules.ts';

export const setMetaSecrets = operatorOperation({
  name: 'setMetaSecrets',
  title: "Replace a Meta source's secrets",
  description: 'They are stored sealed and never shown again.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ nom: sourceName.describe('The source.'), ...metaSecrets }),
  response: z.object({ nom: z.string().describe('The source.') }),
  errors: ['record_not_found'],
  example: {
    request: { nom: 'meta', appSecret: '0123456789abcdef', accessToken: 'EAAB0123' },
    response: { nom: 'meta' },
  },
});
