import { z } from 'zod';
import { fewMarks } from '../marks.ts';
import { text } from './parameters.ts';

const address = 'must be an e-mail address';
const passwordRule = 'must be a text of 12 to 200 characters';
const aPassword = 'must be a text of 1 to 200 characters';

/** An e-mail address of somebody of the agency. Upper and lower case are the same. */
export const email = () =>
  z
    .string(address)
    .trim()
    .toLowerCase()
    .max(254, address)
    .regex(z.regexes.email, address)
    .describe('The address to sign in with.');

/** A password that somebody chooses: NIST SP 800-63B, section 3.1.1; no rules of composition. */
export const newPassword = () =>
  z
    .string(passwordRule)
    .refine((given) => given.isWellFormed(), passwordRule)
    .transform((given) => fewMarks(given).normalize('NFC'))
    .pipe(z.string().min(12, passwordRule).max(200, passwordRule))
    .describe(
      '12 to 200 characters; not the e-mail address and not the name, and not known from a breach where the installation looks.',
    );

/** A password to be compared. */
export const password = () =>
  z
    .string(aPassword)
    .min(1, aPassword)
    .max(200, aPassword)
    .transform((given) => fewMarks(given).normalize('NFC'));

/** A code of the second factor. */
export const code = () => {
  const rule = 'must be a code of 6 digits';
  return z
    .string(rule)
    .max(20, rule)
    .transform((given) => given.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, rule));
};

/** The token of a link, as the fragment of its URL has it. */
export const linkToken = () =>
  z
    .string('must be the part of the link after #')
    .max(200, 'must be the part of the link after #')
    .describe('What follows the # in the link.');

export const staffName = () => text(100).describe('How the console calls the person.');

/** A sign-in, as far as it has come. */
export const signInAnswer = z.object({
  second_factor: z
    .boolean()
    .describe('True when confirmSignIn has to follow: until then the session opens nothing.'),
});

/** A link by which somebody sets a password. */
export const linkAnswer = {
  link: z.string().describe('Its URL, shown this once: hand it over by a way you trust.'),
  expires_at: z.iso.datetime({ precision: 3 }).describe('Until when it works; it works once.'),
};

export const exampleLink = {
  link: 'https://crm.example.com/invitation#6rXk0fGJ2mYw8QbTzV5nLhPc3sEaUd9iKo1RvNxBtMq',
  expires_at: '2026-11-26T08:00:00.000Z',
};
