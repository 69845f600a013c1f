import { z } from 'zod';
import { answerId, answerTime } from './parameters.ts';

/** An API key with what it is mapped to: all but its secret. */
export const keySummary = z
  .object({
    id: z.string().describe('Identifies the key; it is a part of its text.'),
    client_id: answerId('The client that it belongs to.'),
    client_nom: z.string().describe('Name of that client.'),
    environment: z.enum(['live', 'test']).describe('test for a sandbox.'),
    regions: z
      .array(z.object({ id: answerId('The region.'), nom: z.string().describe('Its name.') }))
      .nullable()
      .describe('The regions that it sees, by id; null: all, those of the future included.'),
    ready_statut_id: answerId('The statut from which it pulls.'),
    ready_statut_designation: z.string().describe('Name of that statut.'),
    pulled_statut_id: answerId('The statut that its pulls set.'),
    pulled_statut_designation: z.string().describe('Name of that statut.'),
    operations: z
      .array(z.string())
      .nullable()
      .describe('The operations that it may use; null: all.'),
    ip_ranges: z
      .array(z.string())
      .nullable()
      .describe('The addresses that it may be used from, in CIDR notation; null: any.'),
    state: z.enum(['valid', 'expired', 'revoked']).describe('Whether it works now.'),
    created_at: answerTime('When it was created.'),
    expires_at: answerTime('When it ends by itself; null: never.').nullable(),
    revoked_at: answerTime('When it was revoked.').nullable(),
    exposed_at: answerTime(
      'When it was seen in a URL, where servers and proxies log it: rotate it.',
    ).nullable(),
    rotated_from: z.string().nullable().describe('The key that it took over from.'),
    last_used_at: answerTime('Its last use; null before the first.').nullable(),
    last_address: z.string().nullable().describe('From where it was last used.'),
    last_operation: z.string().nullable().describe('What for.'),
  })
  .meta({ id: 'KeySummary' });

export type KeySummary = z.infer<typeof keySummary>;

export const exampleKey: KeySummary = {
  id: '4fT0a9LmQz12',
  client_id: 12,
  client_nom: 'Promoteur X',
  environment: 'live',
  regions: [{ id: 30, nom: 'Occitanie' }],
  ready_statut_id: 2,
  ready_statut_designation: 'À transmettre',
  pulled_statut_id: 3,
  pulled_statut_designation: 'Transmis',
  operations: null,
  ip_ranges: ['203.0.113.7/32'],
  state: 'valid',
  created_at: '2026-11-02T09:00:00.000Z',
  expires_at: null,
  revoked_at: null,
  exposed_at: null,
  rotated_from: null,
  last_used_at: '2026-11-23T09:00:00.000Z',
  last_address: '203.0.113.7',
  last_operation: 'pullContacts',
};
