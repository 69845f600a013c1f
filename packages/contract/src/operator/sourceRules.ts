import { z } from 'zod';
import { id, text } from './parameters.ts';

const rate = 'must be a whole number from 1 to 999999';
const originRule = 'must hold web origins such as https://www.example.com';
const originList = 'must be a list of 1 to 100 web origins, or null';
const address = 'must be an address such as https://www.example.com/merci, or null';
const forms = 'must be a list of up to 200 ids of forms, such as 1811616845554330';

const isWeb = (given: string) =>
  URL.canParse(given) && /^https?:$/.test(new URL(given).protocol) && given.length <= 2000;

/** What an operator decides about a source. */
export const sourceRules = {
  programmeId: id()
    .nullable()
    .describe('The programme of leads that name none; null: they wait in quarantine.'),
  origineId: id().nullable().describe('Where its leads come from.'),
  typeContactId: id().nullable().describe('Their kind of contact.'),
  typeActionId: id().nullable().describe('Their kind of enquiry.'),
  statutId: id().describe('The first statut of its leads: ready, or to qualify.'),
  reviewStatutId: id().describe('The first statut of leads that want a look.'),
  consentRequired: z
    .boolean('must be true or false')
    .describe('True: leads without consent wait in quarantine.'),
  origins: z
    .array(
      z
        .string(originRule)
        .refine(isWeb, originRule)
        // As browsers write them.
        .transform((given) => new URL(given).origin),
      originList,
    )
    .min(1, originList)
    .max(100, originList)
    .transform((given) => [...new Set(given)])
    .nullable()
    .describe('The web origins whose pages may post forms; null: any.'),
  redirectUrl: z
    .string(address)
    .refine(isWeb, address)
    .transform((given) => new URL(given).href)
    .nullable()
    .describe('Where a browser goes after its form was taken; null: a page of thanks.'),
  honeypot: text(100).describe('The field of the form that people do not see.'),
  rateLimit: z.int(rate).min(1, rate).max(999_999, rate).describe('Leads a minute.'),
};

/** The ids of the Meta forms that are read on a schedule. */
export const metaForms = z
  .array(z.string(forms).regex(/^\d{1,30}$/, forms), forms)
  .max(200, forms)
  .transform((given) => [...new Set(given)])
  .describe('For the channel meta: the ids of its forms, which are read on a schedule.');

const secret = 'must be a text of 1 to 1000 characters';
const metaSecret = z.string(secret).regex(/^[\x21-\x7e]{1,1000}$/, secret);

/** What a Meta source needs of the app and the page whose leads it reads. */
export const metaSecrets = {
  appSecret: metaSecret.describe('The secret of the Meta app.'),
  accessToken: metaSecret.describe(
    'A page access token that does not expire, with leads_retrieval.',
  ),
};

/** A text of leads that is to name a programme. */
export const programmeText = text(200).describe(
  'A text of its leads, the id of a form or campaign; compared by letters and digits alone.',
);

const nameRule =
  'must be 1 to 40 lower-case letters, digits, - and _, a letter first, such as site-web';

/** What sources and CRM databases are called: their names stand in URLs and on command lines. */
export const plainName = /^[a-z][a-z0-9_-]{0,39}$/;

/** The name of a source. */
export const sourceName = z.string(nameRule).regex(plainName, nameRule);

/** How leads come to a source. */
export const sourceChannel = z.enum(
  ['json', 'form', 'meta', 'google', 'file'],
  'must be one of json, form, meta, google, file',
);
