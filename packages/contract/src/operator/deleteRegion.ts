import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { answerId, id } from './parameters.ts';

export const deleteRegion = operatorOperation({
  name: 'deleteRegion',
  title: 'Delete a region',
  description:
    'Refused while a programme lies in it or a key that was not revoked is mapped to it.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ id: id().describe('The region.') }),
  response: z.object({ id: answerId('The region that is gone.') }),
  errors: ['record_not_found', 'record_in_use'],
  example: { request: { id: 30 }, response: { id: 30 } },
});
