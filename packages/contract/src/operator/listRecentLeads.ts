import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { leadOutcome, leadReason } from './leadReason.ts';
import { answerId, answerTime } from './parameters.ts';
import { sourceName } from './sourceRules.ts';

export const listRecentLeads = operatorOperation({
  name: 'listRecentLeads',
  title: 'The last leads of a source',
  description:
    'What has become of its last 50 leads, newest first, without what they say: is the form working?',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ source: sourceName.describe('The source.') }),
  response: z.object({
    items: z.array(
      z.object({
        id: answerId('Identifies the lead.'),
        received_at: answerTime('When it came.'),
        outcome: leadOutcome,
        reasons: z.array(leadReason).describe('Why it waits, or what was noticed.'),
        action_id: z.int().positive().nullable().describe('Its action, where it has one.'),
        prospect_id: z.int().positive().nullable().describe('Its person, where it has one.'),
      }),
    ),
  }),
  errors: ['record_not_found'],
  example: {
    request: { source: 'site-web' },
    response: {
      items: [
        {
          id: 17,
          received_at: '2026-11-23T08:00:00.000Z',
          outcome: 'accepted',
          reasons: [],
          action_id: 1045,
          prospect_id: 5002,
        },
      ],
    },
  },
});
