import { z } from 'zod';
import { contact, exampleContact } from '../contact.ts';
import { everyone, operatorOperation } from '../operation.ts';
import { keyId } from './parameters.ts';

/** How far contacts are counted. */
const MOST = 1000;

export const tryKey = operatorOperation({
  name: 'tryKey',
  title: 'Try a key',
  description:
    'What readContacts would give with the mapping of this key now, and what keeps its pulls empty if anything does. Changes nothing and needs no secret.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ id: keyId() }),
  response: z.object({
    ready: z.int().min(0).max(MOST).describe(`Contacts ready for it, counted up to ${MOST}.`),
    more: z.boolean().describe('True when there are more than that.'),
    oldest: contact.nullable().describe('The first one, as the client would see it.'),
    problems: z
      .array(
        z.object({
          code: z
            .enum([
              'key_revoked',
              'key_expired',
              'pull_not_allowed',
              'no_region',
              'statut_empty',
              'regions_empty',
            ])
            .describe(
              'key_revoked, key_expired: every request is refused; pull_not_allowed: it may not use pullContacts; no_region: it sees no region; statut_empty: no contact stands in its ready statut; regions_empty: contacts stand in it, in other regions.',
            ),
          meaning: z.string().describe('The same as a sentence.'),
        }),
      )
      .describe('Why its pulls bring nothing; empty when they bring something.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { id: '4fT0a9LmQz12' },
    response: { ready: 57, more: false, oldest: exampleContact, problems: [] },
  },
});
