import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ExportColumn, exportColumns, FILE_HOURS } from '@relais/contract';
import { describeContactFilter, readContactFilter } from '../contactFilter.ts';
import { csvOf } from '../exports/csv.ts';
import { MOST_SHEET_ROWS, writeXlsx } from '../exports/xlsx.ts';
import { ZipFull } from '../exports/zip.ts';
import { withFolder } from '../scratch.ts';
import { writeAudit } from '../store/audit.ts';
import { countExport, type ExportedContact, readExport } from '../store/contactExport.ts';
import { forgetExported, noteExported } from '../store/exported.ts';
import { completeFile } from '../store/files.ts';
import { allowLongWork } from '../store/longWork.ts';
import { readConsistently } from '../store/snapshot.ts';
import { dayOf } from './day.ts';
import { JobProblem, type JobRun, type JobWork } from './jobRun.ts';
import { dropOutput, fillOutput } from './output.ts';
import { type JobRequest, jobRequests, readRequest } from './requests.ts';

const TOO_LARGE = 'It is too much for an XLSX file: narrow the search, or take CSV.';
const every = Object.keys(exportColumns) as ExportColumn[];

/** Writes the contacts that a search finds into a file; after a break it starts anew. */
export const exportJob: JobWork = async (run) => {
  const { database, job } = run;
  const asked = readRequest(jobRequests.export, job.request);
  return withFolder(async (folder) => {
    const path = join(folder, 'export');
    const counts = await writeExport(run, asked, path);
    const nom = `contacts-${dayOf(new Date())}.${asked.format}`;
    const output = await fillOutput(run, nom, path);
    await database.db.transaction().execute(async (trx) => {
      await run.advance({ counts }, trx);
      await completeFile(trx, output, FILE_HOURS);
      await writeAudit(trx, {
        actor: job.by,
        act: 'contacts.export',
        target: `job:${job.id}`,
        detail: { format: asked.format, ...describeContactFilter(asked), ...counts },
      });
    });
    return {};
  });
};

/** Reads and writes in one go, on one snapshot; gives how much it was. */
async function writeExport(
  run: JobRun,
  { format, columns = every, sort, ...asked }: JobRequest<'export'>,
  path: string,
): Promise<{ contacts: number; persons: number }> {
  const filter = readContactFilter(asked);
  await dropOutput(run);
  await forgetExported(run.database.db, run.job.id);
  return readConsistently(run.database.db, async (trx) => {
    await allowLongWork(trx);
    const counts = await countExport(trx, filter, sort);
    if (format === 'xlsx' && counts.contacts > MOST_SHEET_ROWS) throw new JobProblem(TOO_LARGE);
    await run.advance({ done: 0, total: counts.contacts });
    const pages = told(run, readExport(trx, filter, sort));
    if (format === 'csv') {
      const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
      await pipeline(Readable.from(csvOf(columns, pages)), target);
    } else {
      await writeXlsx(path, columns, pages).catch((error) => {
        throw error instanceof ZipFull ? new JobProblem(TOO_LARGE) : error;
      });
    }
    return counts;
  });
}

/** The same pages; after each it is noted whom it holds, and how far the job is. */
async function* told(
  run: JobRun,
  pages: AsyncIterable<ExportedContact[]>,
): AsyncGenerator<ExportedContact[]> {
  let done = 0;
  for await (const page of pages) {
    yield page;
    done += page.length;
    const prospects = new Set(page.map((contact) => Number(contact.prospect_id)));
    await run.database.db.transaction().execute(async (trx) => {
      await noteExported(trx, run.job.id, [...prospects]);
      await run.advance({ done }, trx);
    });
  }
}
