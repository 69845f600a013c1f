import { z } from 'zod';
import { contact, examplePulledContact } from '../contact.ts';
import { daysText, limits } from '../limits.ts';
import { operation } from '../operation.ts';
import { limit, programmeIds, regionIds } from './parameters.ts';

/** 1 to 255 visible ASCII characters. */
const idempotencyKey = z
  .string('must be 1 to 255 visible ASCII characters')
  .regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters');

export const pullContacts = operation({
  name: 'pullContacts',
  audience: 'client',
  published: true,
  title: 'Pull contacts',
  description: `Takes up to ${limits.contacts.pullContacts} ready contacts, those ready longest first, and marks them as pulled at once. The answer holds exactly the contacts that this call changed. As long as \`Pull-Remaining\` is above 0 there are more: call again, each time with a new \`Idempotency-Key\`. With an \`Idempotency-Key\`, the same call can be repeated for ${daysText(limits.idempotencyHours)} and brings the same contacts.`,
  changes: true,
  retry: 'with the same Idempotency-Key',
  request: z.object({
    limit: limit(limits.contacts.pullContacts),
    regionIds,
    programmeIds,
    idempotencyKey: idempotencyKey
      .optional()
      .describe(
        'Names this pull, so that it can be repeated: any text of 1 to 255 visible ASCII characters that you never use for another. Also as header `Idempotency-Key`, bare or quoted. A member whose name is nearly this one, such as `idempotency_key`, is refused.',
      ),
  }),
  response: z.array(contact),
  errors: [
    'region_not_allowed',
    'programme_not_allowed',
    'idempotency_in_progress',
    'pull_released',
    'idempotency_mismatch',
  ],
  headers: [
    'Pull-Id',
    'Pull-Seq',
    'Pull-Count',
    'Pull-Remaining',
    'Idempotency-Replayed',
    'Pull-Withheld',
    'Pull-Delivery',
  ],
  example: { request: {}, response: [examplePulledContact] },
});
