import { z } from 'zod';
import { answerId } from './parameters.ts';

/** A lead of many of which nothing was done. */
export const refusedLead = z.object({
  id: answerId('The lead.'),
  outcome: z
    .literal('refused')
    .describe('As far as is known it waits as it did, and may be tried again: see problem.'),
  problem: z
    .string()
    .describe('Why nothing was done; of a lead that is locked, or was not tried: busy.'),
});
