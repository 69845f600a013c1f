import { noSuch, Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { findJob } from '../../store/jobList.ts';
import { cancelJob as cancel } from '../../store/jobs.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { mayCancel, presentJob } from '../presentJob.ts';

export const cancelJob: OperatorHandler<'cancelJob'> = async (call, { id }) => {
  const { db } = call.database;
  const job = await findJob(db, id);
  if (!job) throw noSuch('job', id);
  if (!mayCancel(job, call)) {
    throw new Refusal('role_not_allowed', 'Only an admin cancels the job of somebody else.');
  }
  await db.transaction().execute(async (trx) => {
    if (!(await cancel(trx, id, call.actor))) return;
    const detail = { kind: job.kind };
    await writeAudit(trx, { actor: call.actor, act: 'job.cancel', target: `job:${id}`, detail });
  });
  const after = (await findJob(db, id)) ?? job;
  const names = await namesOf(call.context.databases.catalog, db, [after.created_by]);
  return presentJob(after, names, call);
};
