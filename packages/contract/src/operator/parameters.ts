import { z } from 'zod';
import { dateAndTime } from '../dateAndTime.ts';
import { limits } from '../limits.ts';
import { fewMarks } from '../marks.ts';

const wholeNumber = 'must be a whole number of 1 or more';
const idList = 'must be a list of 1 to 200 ids';

/** The id of a record. */
export const id = () => z.int(wholeNumber).positive(wholeNumber);

/** The id of an API key: a part of its text. */
export const keyId = () => {
  const rule = 'must be the id of a key';
  return z
    .string(rule)
    .regex(/^[0-9A-Za-z]{12}$/, rule)
    .describe('The key.');
};

/** Some ids of records, each once. */
export const ids = () =>
  z
    .array(z.int('must hold whole numbers').positive('must hold positive numbers'), idList)
    .min(1, idList)
    .max(200, idList)
    .transform((given) => [...new Set(given)]);

/** Text as a person types it: no NUL and no lone surrogates, which PostgreSQL does not take; NFC. */
export const text = (most: number) => {
  const rule = `must be a text of 1 to ${most} characters`;
  return z
    .string(rule)
    .refine((given) => given.isWellFormed() && !given.includes('\0'), rule)
    .transform((given) => fewMarks(given.trim()).normalize('NFC'))
    .pipe(z.string().min(1, rule).max(most, rule));
};

/** A date and time, as ISO 8601 in UTC with milliseconds. */
export const instant = () => dateAndTime.transform((given) => new Date(given).toISOString());

/** The bounds of a time, half-open. */
export const period = {
  from: instant().optional().describe('At this time or later.'),
  to: instant().optional().describe('Before this time.'),
};

/** How long an old secret goes on beside its successor. */
export const overlapHours = () => {
  const most = limits.overlapHours;
  const rule = `must be a whole number of hours from 0 to ${most}`;
  const schema = z.int(rule).min(0, rule).max(most, rule);
  return schema.describe(`How long both work, in hours from 0 to ${most}.`);
};

/** Ids, times and texts of answers. */
export const answerId = (what: string) => z.int().positive().describe(what);
export const answerTime = (what: string) => z.iso.datetime({ precision: 3 }).describe(what);
export const answerCount = (what: string) => z.int().min(0).describe(what);
export const answerText = (what: string) => z.string().nullable().describe(what);
