import { z } from 'zod';
import { roles } from '../operation.ts';

/** A person of the agency. */
export const staffMember = z
  .object({
    id: z.int().positive().describe('Identifies the person.'),
    email: z.email().describe('The address to sign in with.'),
    nom: z.string().describe('How the console calls the person.'),
    role: z.enum(roles).describe('What the person may do.'),
    two_factor: z.boolean().describe('Whether a second factor is asked at sign-in.'),
  })
  .meta({ id: 'StaffMember' });

export type StaffMember = z.infer<typeof staffMember>;

export const exampleStaff: StaffMember = {
  id: 1,
  email: 'claire@example.com',
  nom: 'Claire',
  role: 'admin',
  two_factor: true,
};
