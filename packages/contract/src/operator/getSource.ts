import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleSource, sourceDetail } from './sourceDetail.ts';
import { sourceName } from './sourceRules.ts';

export const getSource = operatorOperation({
  name: 'getSource',
  title: 'A source',
  description: 'A source with all its rules, its address, and how its Meta forms are read.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ nom: sourceName.describe('The source.') }),
  response: sourceDetail,
  errors: ['record_not_found'],
  example: { request: { nom: 'site-web' }, response: exampleSource },
});
