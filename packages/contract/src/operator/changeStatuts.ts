import { z } from 'zod';
import { operatorOperation, operators } from '../operation.ts';
import { contactFilter } from './contactFilter.ts';
import { startedJob } from './job.ts';
import { id, text } from './parameters.ts';

export const changeStatuts = operatorOperation({
  name: 'changeStatuts',
  title: 'Change the statut of all that a search finds',
  description:
    'Starts a job that gives a statut to every contact that searchContacts finds, at least one filter being given, and reports what became of each in a file. What no longer fits the search when its turn comes, since a pull or somebody changed it, is left alone; what a client has received is not made ready again.',
  changes: true,
  access: operators,
  database: true,
  request: z.strictObject({
    statutId: id().describe('The statut that they get.'),
    reason: text(500).describe('Why, for the record: 1 to 500 characters.'),
    ...contactFilter,
  }),
  response: startedJob,
  errors: ['record_not_found'],
  example: {
    request: { statutIds: [1], programmeIds: [145], statutId: 2, reason: 'checked by telephone' },
    response: { job_id: 42 },
  },
});
