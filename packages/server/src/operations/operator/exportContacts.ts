import { insertJob } from '../../store/jobs.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const exportContacts: OperatorHandler<'exportContacts'> = async (
  { context, database: { db }, actor },
  request,
) => {
  const job = await insertJob(db, { kind: 'export', by: actor, request });
  if (job === undefined) throw new Error('an export works on no import');
  context.jobs.wake();
  return { job_id: job };
};
