import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { list } from './designations.ts';
import { answerId, id } from './parameters.ts';

export const deleteDesignation = operatorOperation({
  name: 'deleteDesignation',
  title: 'Delete an entry of a list',
  description: 'Refused while an action, a key, a source, a pull or the history refers to it.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({ list, id: id().describe('The entry.') }),
  response: z.object({ id: answerId('The entry that is gone.') }),
  errors: ['record_not_found', 'record_in_use'],
  example: { request: { list: 'statuts', id: 7 }, response: { id: 7 } },
});
