import { createReadStream } from 'node:fs';
import { fillFile } from '../files.ts';
import { deleteFile, insertFile } from '../store/files.ts';
import type { JobRun } from './jobRun.ts';

/**
 * Puts what a job has written to a path into a file of the CRM database; gives its id. The job
 * refers to the file from its first part on, so that an erasure finds it whatever becomes of the
 * job. It is whole, and can be downloaded, when the caller completes it.
 */
export async function fillOutput(run: JobRun, nom: string, path: string): Promise<string> {
  const { database, job } = run;
  const output = await database.db.transaction().execute(async (trx) => {
    const id = await insertFile(trx, { nom, by: job.by });
    await run.advance({ output: id }, trx);
    return id;
  });
  await fillFile(database.db, output, createReadStream(path));
  return output;
}

/** Drops what an earlier attempt at a job has made: this one begins anew. */
export async function dropOutput({ database, job }: JobRun): Promise<void> {
  if (job.output !== null) await deleteFile(database.db, job.output);
}
