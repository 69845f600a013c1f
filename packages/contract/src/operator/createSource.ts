import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { id } from './parameters.ts';
import {
  metaForms,
  metaSecrets,
  programmeText,
  sourceChannel,
  sourceName,
  sourceRules,
} from './sourceRules.ts';

export const createSource = operatorOperation({
  name: 'createSource',
  title: 'Create a source',
  description:
    'Opens a door for leads. The answer holds its token, this once. The channel meta needs `meta`.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    nom: sourceName.describe('Its name, in its address: no other source of the server has it.'),
    channel: sourceChannel.describe('How its leads come.'),
    ...sourceRules,
    programmeId: sourceRules.programmeId.default(null),
    origineId: sourceRules.origineId.default(null),
    typeContactId: sourceRules.typeContactId.default(null),
    typeActionId: sourceRules.typeActionId.default(null),
    reviewStatutId: sourceRules.reviewStatutId
      .optional()
      .describe('The first statut of leads that want a look; as statutId when left out.'),
    consentRequired: sourceRules.consentRequired.default(false),
    origins: sourceRules.origins.default(null),
    redirectUrl: sourceRules.redirectUrl.default(null),
    honeypot: sourceRules.honeypot.default('site_web'),
    rateLimit: sourceRules.rateLimit.default(120),
    programmes: z
      .array(
        z.strictObject({ text: programmeText, programmeId: id().describe('The programme.') }),
        'must be a list of texts and programmes',
      )
      .max(200, 'must hold at most 200 texts')
      .default([])
      .describe('What names a programme.'),
    meta: z
      .strictObject({ ...metaSecrets, forms: metaForms.default([]) }, 'must hold its secrets')
      .optional()
      .describe('For the channel meta alone: its secrets, and the forms that are read.'),
  }),
  response: z.object({
    nom: z.string().describe('The source.'),
    token: z
      .string()
      .nullable()
      .describe('Its token, shown this once; null for files, which an operator brings.'),
    address: z.string().nullable().describe('Where its leads are sent; null for files.'),
  }),
  errors: ['record_not_found', 'name_taken'],
  example: {
    request: { nom: 'site-web', channel: 'form', statutId: 2, programmeId: 145 },
    response: {
      nom: 'site-web',
      token: `relais_intake_${'0'.repeat(30)}`,
      address: 'https://relais.example.com/intake/v1/site-web',
    },
  },
});
