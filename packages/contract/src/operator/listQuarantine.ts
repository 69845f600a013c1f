import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleDraft, leadDraft } from './leadDraft.ts';
import { exampleReason, reasonCode, suggestedReason } from './leadReason.ts';
import { page, paging } from './paging.ts';
import { answerId, answerTime, id } from './parameters.ts';
import { sourceChannel, sourceName } from './sourceRules.ts';

const list = 'must be a list of 1 to 100';

export const listQuarantine = operatorOperation({
  name: 'listQuarantine',
  title: 'Quarantine',
  description: 'The leads that wait for an operator, oldest first, each with the reasons why.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({
    sources: z
      .array(sourceName, list)
      .min(1, list)
      .max(100, list)
      .optional()
      .describe('Only those of these sources.'),
    reasons: z
      .array(reasonCode, list)
      .min(1, list)
      .max(100, list)
      .optional()
      .describe('Only those with one of these reasons.'),
    importId: id().optional().describe('Only the rows of this import.'),
    ...paging,
  }),
  response: page(
    z.object({
      id: answerId('Identifies the lead.'),
      source: z.string().describe('The source that it came by.'),
      channel: sourceChannel.describe('How it came.'),
      received_at: answerTime('When it came.'),
      reasons: z.array(suggestedReason).describe('Why it waits, and what was noticed.'),
      draft: leadDraft.nullable().describe('What it says; null once its person was erased.'),
    }),
  ),
  errors: [],
  example: {
    request: { reasons: ['unknown_programme'] },
    response: {
      items: [
        {
          id: 17,
          source: 'site-web',
          channel: 'form',
          received_at: '2026-11-23T08:00:00.000Z',
          reasons: [exampleReason],
          draft: exampleDraft,
        },
      ],
      next: null,
      total: 1,
      more: false,
    },
  },
});
