import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { exampleSource, sourceDetail } from './sourceDetail.ts';
import { metaForms, sourceName, sourceRules } from './sourceRules.ts';

const { shape } = z.object(sourceRules).partial();

export const updateSource = operatorOperation({
  name: 'updateSource',
  title: "Change a source's rules",
  description: 'Only what is given changes. It holds for the next lead. Name and channel stay.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('The source.'),
    ...shape,
    metaForms: metaForms.optional(),
  }),
  response: sourceDetail,
  errors: ['record_not_found'],
  example: { request: { nom: 'site-web', consentRequired: true }, response: exampleSource },
});
