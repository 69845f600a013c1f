import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { exampleSource, sourceDetail } from './sourceDetail.ts';
import { metaForms, sourceName, sourceRules } from './sourceRules.ts';

const { shape } = z.object({ ...sourceRules, metaForms }).partial();

export const updateSource = operatorOperation({
  name: 'updateSource',
  title: "Change a source's rules",
  description:
    'Only what is given changes. It holds for the next lead. Name and channel stay. With what was shown of the rules (before), a change of one that somebody else has changed since is refused, and writes nothing.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('The source.'),
    ...shape,
    before: z
      .strictObject(shape, 'must be an object of fields')
      .optional()
      .describe('What the rules were as the source was shown; of those that change alone.'),
  }),
  response: sourceDetail,
  errors: ['record_not_found', 'changed_meanwhile'],
  example: {
    request: { nom: 'site-web', consentRequired: true, before: { consentRequired: false } },
    response: exampleSource,
  },
});
