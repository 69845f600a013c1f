import { join } from 'node:path';
import { createGate } from './concurrency/gate.ts';
import type { CrmDatabase } from './installation/databases.ts';
import { FileError } from './intake/file/fileError.ts';
import { type ImportPlan, lookAtFile, type PlanOptions } from './intake/file/planImport.ts';
import { noSuch, Refusal } from './refusal.ts';
import { copyOut, withFolder } from './scratch.ts';
import { findUpload, type StoredFile } from './store/files.ts';
import { findSource, type Source } from './store/sources.ts';

/** What an operator says of a file that is to be imported. */
export interface Importing extends PlanOptions {
  readonly source: string;
  readonly fileId: string;
}

/** The same, with who says it: a file is for whoever has uploaded it. */
interface OwnImporting extends Importing {
  readonly by: string;
}

export interface LookedAt {
  readonly source: Source;
  readonly file: StoredFile;
  readonly plan: ImportPlan;
}

/** Reading a large file takes a processor for seconds: two at once, so that pulls do not wait. */
const gate = createGate(2, 20);

/**
 * Reads a file for a source that `by` has uploaded, and gives what was found out to `work`, which may
 * read it again. Refuses a source or file that is not there, and a file that can not be read.
 */
export async function lookAtUpload<Result>(
  database: CrmDatabase,
  { source: nom, fileId, by, ...options }: OwnImporting,
  work: (found: LookedAt) => Promise<Result>,
): Promise<Result> {
  const source = await findSource(database.db, nom);
  if (!source) throw noSuch('source', nom);
  const file = await findUpload(database.db, fileId);
  if (file?.created_by !== by) throw noSuchFile();
  return gate.pass(() =>
    withFolder(async (folder) => {
      const path = join(folder, 'upload');
      await copyOut(database, file, path);
      try {
        const plan = { ...(await lookAtFile(path, source, options)), name: file.nom };
        return await work({ source, file, plan });
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        throw new Refusal('invalid_parameter', `Invalid parameter "fileId": ${error.message}`);
      }
    }),
  );
}

export const noSuchFile = () =>
  new Refusal('record_not_found', 'There is no such file, or it is kept no longer.');
