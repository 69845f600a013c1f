import { noSuch } from '../../refusal.ts';
import { findJob } from '../../store/jobList.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentJob } from '../presentJob.ts';

export const getJob: OperatorHandler<'getJob'> = async (call, { id }) => {
  const { db } = call.database;
  const job = await findJob(db, id);
  if (!job) throw noSuch('job', id);
  const names = await namesOf(call.context.databases.catalog, db, [job.created_by]);
  return presentJob(job, names, call);
};
