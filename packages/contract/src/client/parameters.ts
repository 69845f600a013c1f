import { z } from 'zod';

const ids = () =>
  z
    .array(
      z.int('must hold whole numbers').positive('must hold positive numbers'),
      'must be a list of ids',
    )
    .min(1, 'must name at least one id')
    .max(1000, 'must name at most 1000 ids');

export const regionIds = ids().optional().describe('Only these regions, each one of the key.');

export const programmeIds = ids()
  .optional()
  .describe('Only these programmes, each in a region of the key.');

export const limit = (most: number) => {
  const range = `must be a whole number from 1 to ${most}`;
  return z
    .int(range)
    .min(1, range)
    .max(most, range)
    .optional()
    .describe(`How many contacts at the most, from 1 to ${most}; ${most} when left out.`);
};

export const cursor = z
  .string('must be the Next-Cursor of an earlier answer of this operation')
  .max(200, 'must be the Next-Cursor of an earlier answer of this operation')
  .optional()
  .describe('The Next-Cursor of the answer before: asks for what follows it.');

export const pullId = z.uuid('must be the id of a pull, such as its Pull-Id header');
