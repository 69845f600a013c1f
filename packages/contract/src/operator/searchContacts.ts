import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleListedContact, listedContact } from './listedContact.ts';
import { page, paging } from './paging.ts';
import { ids, period, text } from './parameters.ts';

const rule = 'must be at least 3 characters, or an id';

/** Whether a text can be searched for: accents do not count, so those alone would find everything. */
export const isSearchable = (given: string): boolean =>
  /^\d+$/.test(given) ||
  given
    .normalize('NFKC')
    .replace(/[\u0300-\u036f]/g, '')
    .trim().length >= 3;

export const searchContacts = operatorOperation({
  name: 'searchContacts',
  title: 'Search contacts',
  description:
    'The contacts that a text and filters describe. Each word of the text has to be found in the name, the telephone, the e-mail address, the postal address with its postcode and town, or the commentaire; letter case and accents do not count, nor does the grouping of a telephone. A number is also looked for as the id of an action or of a prospect.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({
    search: text(200)
      .refine(isSearchable, rule)
      .optional()
      .describe('A text of at least 3 characters, or an id.'),
    statutIds: ids().optional().describe('Only these statuts.'),
    regionIds: ids().optional().describe('Only these regions.'),
    programmeIds: ids().optional().describe('Only these programmes.'),
    sources: z
      .array(text(40))
      .min(1, 'must name at least one source')
      .max(200, 'must name at most 200 sources')
      .optional()
      .describe('Only contacts that a lead of one of these sources made or joined.'),
    clientIds: ids().optional().describe('Only what these clients hold.'),
    pulled: z
      .boolean('must be true or false')
      .optional()
      .describe('true: only what was handed out; false: only what was not.'),
    from: period.from.describe('Only enquiries made at this time or later.'),
    to: period.to.describe('Only enquiries made before this time.'),
    sort: z
      .enum(['newest', 'oldest', 'longest_ready'], 'must be newest, oldest or longest_ready')
      .default('newest')
      .describe(
        'By when the enquiry was made; or, longest_ready, only what is ready to be pulled, in the order of the queue. newest when left out.',
      ),
    ...paging,
  }),
  response: page(listedContact),
  errors: [],
  example: {
    request: { search: 'jean dup', statutIds: [2], sort: 'longest_ready' },
    response: { items: [exampleListedContact], next: null, total: 1, more: false },
  },
});
