import { z } from 'zod';
import { admins, operatorOperation } from '../operation.ts';
import { exampleStaffSummary, staffSummary } from './staffSummary.ts';

export const listStaff = operatorOperation({
  name: 'listStaff',
  title: 'The people of the agency',
  description: 'Everybody, by name.',
  changes: false,
  access: admins,
  database: false,
  request: z.strictObject({}),
  response: z.object({ items: z.array(staffSummary).describe('All of them.') }),
  errors: [],
  example: { request: {}, response: { items: [exampleStaffSummary] } },
});
