import { z } from 'zod';
import { contact, exampleContact } from '../contact.ts';
import { limits } from '../limits.ts';
import { operation } from '../operation.ts';
import { cursor, limit, programmeIds, regionIds } from './parameters.ts';

export const readContacts = operation({
  name: 'readContacts',
  audience: 'client',
  published: true,
  title: 'Read contacts',
  description: `Up to ${limits.contacts.readContacts} contacts that are ready to pull, those ready longest first. Read-only: nothing changes, and another call may still pull them.`,
  changes: false,
  retry: 'always',
  request: z.object({
    limit: limit(limits.contacts.readContacts),
    cursor,
    regionIds,
    programmeIds,
  }),
  response: z.array(contact),
  errors: ['region_not_allowed', 'programme_not_allowed'],
  headers: ['Result-Truncated', 'Next-Cursor'],
  example: { request: {}, response: [exampleContact] },
});
