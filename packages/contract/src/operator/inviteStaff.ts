import { z } from 'zod';
import { admins, operatorOperation, roles } from '../operation.ts';
import { email, exampleLink, linkAnswer, staffName } from './credentials.ts';
import { answerId } from './parameters.ts';

export const inviteStaff = operatorOperation({
  name: 'inviteStaff',
  title: 'Invite somebody',
  description:
    'Adds a person and gives a link to set a password by. Relais sends no mail: hand the link over yourself.',
  changes: true,
  access: admins,
  database: false,
  request: z.strictObject({
    email: email(),
    nom: staffName(),
    role: z.enum(roles, `must be one of ${roles.join(', ')}`).describe('What the person may do.'),
  }),
  response: z.object({ id: answerId('Identifies the person.'), ...linkAnswer }),
  errors: ['name_taken'],
  example: {
    request: { email: 'marc@example.com', nom: 'Marc', role: 'operateur' },
    response: { id: 2, ...exampleLink },
  },
});
