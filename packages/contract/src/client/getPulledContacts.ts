import { z } from 'zod';
import { contact, examplePulledContact } from '../contact.ts';
import { dateAndTime } from '../dateAndTime.ts';
import { daysText, limits } from '../limits.ts';
import { operation } from '../operation.ts';
import { cursor, limit, programmeIds, pullId, regionIds } from './parameters.ts';

export const getPulledContacts = operation({
  name: 'getPulledContacts',
  audience: 'client',
  published: true,
  title: 'Get pulled contacts',
  description: `Up to ${limits.contacts.getPulledContacts} contacts that you pulled within the last ${daysText(limits.pulledHours)} (${limits.pulledHours} hours) and that stand as pulled still, newest first: one that the agency has given another statut since is not among them. Another client never sees them.`,
  changes: false,
  retry: 'always',
  request: z.object({
    limit: limit(limits.contacts.getPulledContacts),
    cursor,
    since: dateAndTime
      .optional()
      .describe(
        `Only what was pulled at this time or later, within the ${daysText(limits.pulledHours)}.`,
      ),
    regionIds,
    programmeIds,
    pullId: pullId.optional().describe('Only the contacts of this pull.'),
  }),
  response: z.array(contact),
  errors: ['region_not_allowed', 'programme_not_allowed', 'pull_not_found'],
  headers: ['Result-Truncated', 'Next-Cursor', 'Pulls-Uncertain'],
  example: { request: {}, response: [examplePulledContact] },
});
