import { z } from 'zod';
import { limits } from '../limits.ts';
import { operation } from '../operation.ts';
import { pullId } from './parameters.ts';

const reason = 'must be a text of 1 to 500 characters';

export const releasePull = operation({
  name: 'releasePull',
  audience: 'client',
  published: false,
  title: 'Release a pull',
  description: `Puts the contacts of a pull back to ready, at their old place in the queue, within ${limits.releaseHours} hours of the pull. Contacts that were acted on since stay. Releasing twice gives the same answer.`,
  changes: true,
  retry: 'always',
  request: z.strictObject({
    pullId: pullId.describe('The pull.'),
    reason: z
      .string(reason)
      .min(1, reason)
      .max(500, reason)
      .refine((text) => text.isWellFormed() && !text.includes('\0'), reason)
      .describe('Why, for the record: 1 to 500 characters.'),
  }),
  response: z
    .object({
      pull_id: z.uuid().describe('The pull.'),
      released_at: z.iso.datetime({ precision: 3 }).describe('When it was released.'),
      released: z.int().min(0).describe('How many contacts are ready again.'),
      kept: z.int().min(0).describe('How many stay, because they were acted on since.'),
    })
    .meta({ id: 'Release' }),
  errors: ['pull_not_found', 'release_window_closed'],
  headers: [],
  example: {
    request: {
      pullId: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      reason: 'Import failed on our side',
    },
    response: {
      pull_id: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      released_at: '2026-11-23T09:10:00.000Z',
      released: 1,
      kept: 0,
    },
  },
});
