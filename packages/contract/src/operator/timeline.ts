import { z } from 'zod';
import { suggestedReason } from './leadReason.ts';
import { answerId, answerText, answerTime } from './parameters.ts';

/** One thing that happened to a person or to one of their contacts. */
export const timelineEvent = z
  .object({
    at: answerTime('When.'),
    event: z
      .enum(['lead', 'statut', 'pull', 'release', 'correction', 'erasure'])
      .describe(
        'lead: a source sent one; statut: a rule or an operator gave a statut; pull: a client received the contact; release: its pull was put back; correction: the person was corrected; erasure: the person was erased.',
      ),
    action_id: answerId('The contact; null for what concerns the person.').nullable(),
    programme_nom: answerText('The programme of that contact.'),
    who: z.string().describe('`source:<nom>`, `client:<nom>`, `command:<name>` or `staff:<id>`.'),
    who_nom: z.string().describe('The name of that source, client, command or person.'),
    from: answerText('The statut before; null: none, or not concerned.'),
    to: answerText('The statut after; null: not concerned.'),
    why: answerText('The reason that was given; null: none.'),
    lead_id: answerId('Of a lead: its id.').nullable(),
    outcome: z
      .enum(['accepted', 'merged'])
      .nullable()
      .describe('Of a lead: an action of its own, or added to an open one.'),
    matched_on: z
      .array(z.enum(['telephone', 'email']))
      .describe('Of a lead: by what the person was recognised.'),
    reasons: z.array(suggestedReason).describe('Of a lead: what was noticed of it.'),
    pull_id: z.uuid().nullable().describe('Of a pull or release: the pull.'),
    pull_seq: answerId("Of a pull or release: its number among the client's pulls.").nullable(),
    delivery: z
      .enum(['written', 'uncertain'])
      .nullable()
      .describe('Of a pull: whether its answer is known to have been written whole.'),
    fields: z.array(z.string()).describe('Of a correction: the fields that were changed.'),
  })
  .meta({ id: 'TimelineEvent' });

export type TimelineEvent = z.infer<typeof timelineEvent>;
