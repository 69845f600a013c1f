import { z } from 'zod';
import { admins, operatorOperation, roles } from '../operation.ts';
import { staffName } from './credentials.ts';
import { id } from './parameters.ts';
import { exampleStaffSummary, staffSummary } from './staffSummary.ts';

export const updateStaff = operatorOperation({
  name: 'updateStaff',
  title: 'Change a person of the agency',
  description:
    'What is left out stays. A role holds from the next request on. Disabling ends the sessions and the link of the person at once. The last active admin stays one.',
  changes: true,
  access: admins,
  database: false,
  request: z.strictObject({
    id: id().describe('The person.'),
    role: z
      .enum(roles, `must be one of ${roles.join(', ')}`)
      .optional()
      .describe('What the person may do from now on.'),
    nom: staffName().optional(),
    disabled: z
      .boolean('must be true or false')
      .optional()
      .describe('true keeps the person out; false lets the person in again.'),
  }),
  response: staffSummary,
  errors: ['record_not_found', 'record_in_use'],
  example: {
    request: { id: 2, role: 'lecture' },
    response: { ...exampleStaffSummary, role: 'lecture' },
  },
});
