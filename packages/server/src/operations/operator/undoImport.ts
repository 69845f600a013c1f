import { noSuch, Refusal } from '../../refusal.ts';
import { findListedImport } from '../../store/importList.ts';
import { insertJob } from '../../store/jobs.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const undoImport: OperatorHandler<'undoImport'> = async (
  { context, database: { db }, actor },
  { id },
) => {
  const found = await findListedImport(db, id);
  if (!found) throw noSuch('import', id);
  if (found.state === 'undone') {
    throw new Refusal('record_in_use', `Import ${id} was taken back before.`);
  }
  const job = await insertJob(db, {
    kind: 'undo',
    by: actor,
    request: {},
    subject: found.file,
    import: id,
  });
  if (job === undefined) {
    throw new Refusal('record_in_use', `A job works on import ${id}: cancel it first, or wait.`);
  }
  context.jobs.wake();
  return { job_id: job };
};
