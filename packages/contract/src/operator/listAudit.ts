import { z } from 'zod';
import { operatorOperation } from '../operation.ts';
import { page, paging } from './paging.ts';
import { answerId, answerTime, id, period, text } from './parameters.ts';

export const listAudit = operatorOperation({
  name: 'listAudit',
  title: 'Audit',
  description: 'Who did what, newest first: in a CRM database, or in the installation.',
  changes: false,
  access: ['admin', 'dpo'],
  database: true,
  request: z.strictObject({
    scope: z
      .enum(['database', 'installation'], 'must be database or installation')
      .describe('database: clients, keys, leads, …; installation: staff and sign-in.'),
    actor: text(200).optional().describe('Only what this one did, such as `staff:3`.'),
    act: text(200).optional().describe('Only this act, such as `key.revoke`.'),
    target: text(200).optional().describe('Only what was done to this, such as `client:12`.'),
    prospectId: id()
      .optional()
      .describe(
        'Only what shows or touches this person: who saw them in a list, on their page, as a lead or in a pull, who exported or downloaded them, who changed what is known of them. In a CRM database alone.',
      ),
    ...period,
    ...paging,
  }),
  response: page(
    z.object({
      id: answerId('Identifies the entry.'),
      at: answerTime('When it was done.'),
      actor: z.string().describe('Who: `staff:3`, `key:…`, `source:…` or `command:…`.'),
      actor_nom: z.string().nullable().describe('Their name, where one is known.'),
      act: z.string().describe('What was done, such as `key.revoke`.'),
      target: z.string().describe('To what: `client:12`, `pull:…`, `lead:17`, …'),
      target_nom: z.string().nullable().describe('Its name, where one is known.'),
      detail: z.record(z.string(), z.unknown()).describe('More of it; no personal data.'),
    }),
  ),
  errors: [],
  example: {
    request: { scope: 'database', prospectId: 5002 },
    response: {
      items: [
        {
          id: 812,
          at: '2026-11-23T09:00:00.000Z',
          actor: 'staff:3',
          actor_nom: 'Claire',
          act: 'person.read',
          target: 'operation:getProspect',
          target_nom: null,
          detail: { prospects: [5002] },
        },
      ],
      next: null,
      total: 1,
      more: false,
    },
  },
});
