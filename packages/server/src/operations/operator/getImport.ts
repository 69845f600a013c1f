import { readMapping } from '../../intake/file/mapping.ts';
import { noSuch } from '../../refusal.ts';
import { findListedImport } from '../../store/importList.ts';
import { findJob } from '../../store/jobList.ts';
import { namesOf } from '../../store/names.ts';
import type { OperatorHandler } from '../operatorCall.ts';
import { presentImport } from '../presentImport.ts';
import { presentJob } from '../presentJob.ts';

export const getImport: OperatorHandler<'getImport'> = async (call, { id }) => {
  const { db } = call.database;
  const found = await findListedImport(db, id);
  if (!found) throw noSuch('import', id);
  const job = found.job_id === null ? undefined : await findJob(db, found.job_id);
  const people = [found.started_by, ...(job ? [job.created_by] : [])];
  const names = await namesOf(call.context.databases.catalog, db, people);
  return {
    import: presentImport(found, names),
    columns: Object.fromEntries(readMapping(found.columns)),
    job: job ? presentJob(job, names, call) : null,
    file_id: found.file_id,
  };
};
