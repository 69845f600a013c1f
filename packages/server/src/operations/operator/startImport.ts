import { isDeepStrictEqual } from 'node:util';
import { FILE_HOURS } from '@relais/contract';
import type { Transaction } from 'kysely';
import type { DB as Crm } from '../../db/crm.generated.ts';
import { type Importing, type LookedAt, lookAtUpload, noSuchFile } from '../../importing.ts';
import { FileError } from '../../intake/file/fileError.ts';
import { tellsContact } from '../../intake/file/planImport.ts';
import { beginImport } from '../../intake/importFile.ts';
import { Refusal } from '../../refusal.ts';
import { keepFile } from '../../store/files.ts';
import { awaitErasure, findLiveJob, insertJob } from '../../store/jobs.ts';
import type { OperatorHandler } from '../operatorCall.ts';

export const startImport: OperatorHandler<'startImport'> = async (call, asked) => {
  const { database, context, actor } = call;
  const started = await lookAtUpload(database, { ...asked, by: actor }, async (found) => {
    if (!tellsContact(found.plan)) {
      throw new FileError('no column is a telephone or an e-mail address: say which one is.');
    }
    return database.db.transaction().execute((trx) => start(trx, found, asked, actor));
  });
  context.jobs.wake();
  return started;
};

/** Begins the import, or finds the one that was broken off, and queues its job. */
async function start(
  trx: Transaction<Crm>,
  { source, file, plan }: LookedAt,
  { separator, encoding, sheet }: Importing,
  actor: string,
): Promise<{ job_id: number; import_id: number }> {
  await awaitErasure(trx);
  const begun = await beginImport(trx, source, plan, actor);
  const since = begun.started_at.toISOString();
  if (begun.state === 'done') {
    throw new Refusal(
      'imported_before',
      `This file was imported into "${source.nom}" before, at ${since} (import ${begun.id}): take that back to import it anew.`,
    );
  }
  if (!isDeepStrictEqual(begun.columns, plan.mapping)) {
    throw new Refusal(
      'imported_before',
      `This file was begun at ${since} (import ${begun.id}) with other meanings of its columns: take them again, or take that import back.`,
    );
  }
  if (!(await keepFile(trx, file.id, FILE_HOURS))) throw noSuchFile();
  // A double click, or two persons at once: the job that is there is told.
  const made = await insertJob(trx, {
    kind: 'import',
    by: actor,
    request: { separator, encoding, sheet },
    subject: file.nom,
    import: begun.id,
    input: file.id,
  });
  if (made !== undefined) return { job_id: made, import_id: begun.id };
  const live = await findLiveJob(trx, begun.id);
  if (live?.kind === 'import') return { job_id: live.id, import_id: begun.id };
  throw new Refusal('record_in_use', `Import ${begun.id} is being taken back, or just ending.`);
}
