import { MOST_COUNTED } from '@relais/contract';
import { countJobs, listJobs as list } from '../../store/jobList.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { pageOf, pageStart } from '../page.ts';
import { presentJob } from '../presentJob.ts';

export const listJobs: OperatorHandler<'listJobs'> = async (
  call,
  { mine, live, kinds, limit, cursor },
) => {
  const { db } = call.database;
  const filter = { by: mine ? call.actor : undefined, live, kinds };
  const jobs = await list(db, filter, limit + 1, pageStart('listJobs', cursor));
  const count = await countJobs(db, filter, MOST_COUNTED + 1);
  const names = await namesOf(
    call.context.databases.catalog,
    db,
    jobs.map(({ created_by }) => created_by),
  );
  return pageOf('listJobs', jobs, limit, count, ({ position: _position, ...job }) =>
    presentJob(job, names, call),
  );
};
