import { z } from 'zod';
import { everyone, operatorOperation } from '../operation.ts';
import { exampleDraft, leadDraft } from './leadDraft.ts';
import { exampleReason, leadOutcome, suggestedReason } from './leadReason.ts';
import { answerId, answerTime, id } from './parameters.ts';
import { sourceChannel } from './sourceRules.ts';

export const getLead = operatorOperation({
  name: 'getLead',
  title: 'A lead',
  description: 'A lead of the ledger, whole, whatever has become of it, with its history.',
  changes: false,
  access: everyone,
  database: true,
  request: z.strictObject({ id: id().describe('The lead.') }),
  response: z.object({
    id: answerId('Identifies the lead.'),
    source: z.string().describe('The source that it came by.'),
    channel: sourceChannel.describe('How it came.'),
    received_at: answerTime('When it came.'),
    outcome: leadOutcome,
    reasons: z.array(suggestedReason).describe('Why it waits, or what was noticed.'),
    matched_on: z
      .array(z.enum(['telephone', 'email']))
      .describe('By what the person was recognised; empty for somebody new.'),
    draft: leadDraft.nullable().describe('What it says; null once its person was erased.'),
    action_id: z.int().positive().nullable().describe('Its action, where it has one.'),
    prospect_id: z.int().positive().nullable().describe('Its person, where it has one.'),
    import: z
      .object({
        id: answerId('The import.'),
        file_name: z.string().describe('Name of its file.'),
        line: z.int().positive().describe('The line in the file.'),
      })
      .nullable()
      .describe('The file that it came in, where it did.'),
    settled_at: answerTime('When it left quarantine; null while it waits.').nullable(),
    history: z
      .array(
        z.object({
          at: answerTime('When it was done.'),
          actor: z.string().describe('Who: `staff:3` or `command:…`.'),
          actor_nom: z.string().nullable().describe('Their name, where one is known.'),
          act: z.string().describe('What was done: `lead.release`, `lead.discard`.'),
          detail: z.record(z.string(), z.unknown()).describe('More of it.'),
        }),
      )
      .describe('What operators did to it, oldest first; the last 100 acts.'),
  }),
  errors: ['record_not_found'],
  example: {
    request: { id: 17 },
    response: {
      id: 17,
      source: 'site-web',
      channel: 'form',
      received_at: '2026-11-23T08:00:00.000Z',
      outcome: 'quarantined',
      reasons: [exampleReason],
      matched_on: [],
      draft: exampleDraft,
      action_id: null,
      prospect_id: null,
      import: null,
      settled_at: null,
      history: [],
    },
  },
});
