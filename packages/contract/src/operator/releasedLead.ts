import { z } from 'zod';
import { suggestedReason } from './leadReason.ts';
import { answerId } from './parameters.ts';

/** What a release has done to a lead. */
export const releasedLead = z
  .object({
    id: answerId('The lead.'),
    outcome: z
      .enum(['accepted', 'merged', 'quarantined'])
      .describe(
        'accepted: an action of its own; merged: added to the open one of the same person and programme; quarantined: it stays, for the reasons that are left.',
      ),
    action_id: z.int().positive().nullable().describe('Its action, where it has one.'),
    prospect_id: z.int().positive().nullable().describe('Its person, where it has one.'),
    matched_on: z
      .array(z.enum(['telephone', 'email']))
      .describe('By what the person was recognised; empty for somebody new.'),
    reasons: z.array(suggestedReason).describe('Why it stays, or what was noticed.'),
  })
  .meta({ id: 'ReleasedLead' });

export const exampleReleased: z.infer<typeof releasedLead> = {
  id: 17,
  outcome: 'accepted',
  action_id: 1045,
  prospect_id: 5002,
  matched_on: [],
  reasons: [],
};
