import { z } from 'zod';

const range = 'must be a whole number from 1 to 200';
const earlier = 'must be the "next" of an earlier answer of this operation';

/** How far `total` counts: beyond it `more` says that there are others. */
export const MOST_COUNTED = 10_000;

/** The parameters of every list that is read page by page. */
export const paging = {
  limit: z
    .int(range)
    .min(1, range)
    .max(200, range)
    .default(50)
    .describe('How many at the most, from 1 to 200; 50 when left out.'),
  cursor: z
    .string(earlier)
    .max(200, earlier)
    .optional()
    .describe('The "next" of the answer before: asks for what follows it.'),
};

/** A page of a list. */
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item).describe('This page.'),
    next: z.string().nullable().describe('The cursor of the next page; null on the last one.'),
    total: z
      .int()
      .min(0)
      .max(MOST_COUNTED)
      .describe(`How many there are on all pages together, counted up to ${MOST_COUNTED}.`),
    more: z.boolean().describe('True when there are more than that.'),
  });
