import { undoImport } from '../intake/undoImport.ts';
import { findListedImport } from '../store/importList.ts';
import { JobProblem, type JobWork } from './jobRun.ts';

/** Takes an import back, in one transaction: until it ends nothing is undone, and nobody stops it. */
export const undoJob: JobWork = async ({ database, job, advance }) => {
  if (job.import === null) throw new Error('a job has no import');
  await advance({});
  await undoImport(database, job.import, job.by);
  // Also where it was undone by this job before its process died.
  const after = await findListedImport(database.db, job.import);
  if (after?.state !== 'undone') throw new JobProblem('The import is gone.');
  const { undone, accepted, merged, quarantined } = after;
  const kept = accepted + merged + quarantined;
  return { done: undone + kept, total: undone + kept, counts: { undone, kept } };
};
