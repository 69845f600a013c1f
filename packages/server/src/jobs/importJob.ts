import { join } from 'node:path';
import { FILE_HOURS } from '@relais/contract';
import { openErrorFile } from '../intake/file/errorFile.ts';
import { type ImportPlan, planImport } from '../intake/file/planImport.ts';
import { ImportedBefore, importFile, tellWaiting } from '../intake/importFile.ts';
import { copyOut, withFolder } from '../scratch.ts';
import { completeFile, findUpload } from '../store/files.ts';
import { countsOf, findListedImport, type ListedImport } from '../store/importList.ts';
import { findImportById } from '../store/imports.ts';
import { findSource } from '../store/sources.ts';
import { JobProblem, type JobRun, type JobWork } from './jobRun.ts';
import { dropOutput, fillOutput } from './output.ts';
import { jobRequests, readRequest } from './requests.ts';

/** After so many rows the progress is told, and a job stops that is to stop. */
const TOLD_EVERY = 200;

/**
 * Imports an uploaded file. The import was begun when the job was queued, so that what its columns
 * mean is known; after a break it goes on where it stopped. Makes a file of the rows that wait.
 */
export const importJob: JobWork = async (run) => {
  const { database, job, signal } = run;
  const { db } = database;
  const begun = job.import === null ? undefined : await findListedImport(db, job.import);
  const source = begun && (await findSource(db, begun.source));
  if (!begun || !source) throw new Error('a job has no import');
  const file = job.input === null ? undefined : await findUpload(db, job.input);
  if (!file) throw new JobProblem('The file is kept no longer: upload it again.');
  return withFolder(async (folder) => {
    const path = join(folder, 'upload');
    await copyOut(database, file, path, signal);
    const plan = {
      ...(await planImport(path, begun, readRequest(jobRequests.import, job.request))),
      name: file.nom,
    };
    let done = await rowsUpTo(plan, (await findImportById(db, begun.id))?.position ?? 0);
    await run.advance({ done, total: plan.rows });
    try {
      await importFile(database, source, plan, {
        by: job.by,
        begun: begun.id,
        async onRow() {
          done += 1;
          if (done % TOLD_EVERY === 0) await run.advance({ done });
        },
      });
    } catch (error) {
      // Its process died after the last row.
      if (!(error instanceof ImportedBefore && error.earlier.id === begun.id)) throw error;
    }
    await storeWaiting(run, plan, begun, join(folder, 'errors.csv'));
    const summary = await findListedImport(db, begun.id);
    return { done: plan.rows, counts: summary ? countsOf(summary) : {} };
  });
};

/** How many rows an import has come to. */
async function rowsUpTo({ file }: ImportPlan, position: number): Promise<number> {
  let rows = 0;
  if (position === 0) return rows;
  for await (const row of file.rows()) {
    if (row.line > position) break;
    rows += 1;
  }
  return rows;
}

/** Writes the rows that wait, with the reasons, into a file; none when no row waits. */
async function storeWaiting(
  run: JobRun,
  plan: ImportPlan,
  { id }: ListedImport,
  path: string,
): Promise<void> {
  const { db } = run.database;
  await dropOutput(run);
  const errors = openErrorFile(path, plan.file.titles);
  await tellWaiting(db, id, plan, (row, { id: lead, reasons }) => errors.add(row, lead, reasons));
  if ((await errors.close()) === 0) return;
  const nom = `${plan.name.replace(/(?:\.errors)?\.(?:csv|xlsx|txt)$/i, '')}.errors.csv`;
  await completeFile(db, await fillOutput(run, nom, path), FILE_HOURS);
}
