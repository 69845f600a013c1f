import { z } from 'zod';
import { roles } from '../operation.ts';
import { answerId, answerTime } from './parameters.ts';

/** A person of the agency, as admins see it. */
export const staffSummary = z
  .object({
    id: answerId('Identifies the person.'),
    email: z.string().describe('The address to sign in with.'),
    nom: z.string().describe('How the console calls the person.'),
    role: z.enum(roles).describe('What the person may do.'),
    two_factor: z.boolean().describe('Whether a second factor is asked at sign-in.'),
    state: z
      .enum(['active', 'invited', 'disabled'])
      .describe('invited: has set no password yet. disabled: can not sign in.'),
    link_expires_at: answerTime('Until when the open link works.')
      .nullable()
      .describe('Until when a link works by which the person can set a password; null: none.'),
    last_seen_at: answerTime('When a session was last used.')
      .nullable()
      .describe('When a session of the person that is still open was last used; null: none is.'),
    created_at: answerTime('When the person was invited.'),
  })
  .meta({ id: 'StaffSummary' });

export const exampleStaffSummary: z.input<typeof staffSummary> = {
  id: 2,
  email: 'marc@example.com',
  nom: 'Marc',
  role: 'operateur',
  two_factor: false,
  state: 'invited',
  link_expires_at: '2026-11-26T08:00:00.000Z',
  last_seen_at: null,
  created_at: '2026-11-23T08:00:00.000Z',
};
