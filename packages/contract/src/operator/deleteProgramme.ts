import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id } from './parameters.ts';

export const deleteProgramme = operatorOperation({
  name: 'deleteProgramme',
  title: 'Delete a programme',
  description: 'Refused while an action is about it or a source names it.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ id: id().describe('The programme.') }),
  response: z.object({ id: answerId('The programme that is gone.') }),
  errors: ['record_not_found', 'record_in_use'],
  example: { request: { id: 145 }, response: { id: 145 } },
});
