import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { awaitErasure } from './jobs.ts';

/** The most that a part holds, in bytes; every part but the last one may be as large. */
export const PART_BYTES = 1024 ** 2;

/** A file that is whole. */
export interface StoredFile {
  readonly id: string;
  readonly nom: string;
  readonly bytes: number;
  readonly created_by: string;
  readonly expires_at: Date;
}

const columns = sql`file.id, file.nom, file.bytes, file.created_by, file.expires_at`;

/** Begins a file; gives its id. One that is not completed within an hour is cleared away. */
export async function insertFile(
  db: Kysely<Crm>,
  { nom, by }: { readonly nom: string; readonly by: string },
): Promise<string> {
  const made = await sql<{ id: string }>`
    insert into stored_file (nom, created_by, expires_at)
    values (${nom}, ${by}, clock_timestamp() + interval '1 hour')
    returning stored_file.id`.execute(db);
  const [row] = made.rows;
  if (!row) throw new Error('a file was not made');
  return row.id;
}

/** Puts a part behind those that a file has: not empty, and no more than PART_BYTES. */
export async function appendPart(db: Kysely<Crm>, id: string, content: Buffer): Promise<void> {
  await sql`
    insert into stored_file_part (id_file, part, content)
    values (${id}, (select coalesce(max(own.part) + 1, 0) from stored_file_part own
      where own.id_file = ${id}), ${content})`.execute(db);
}

/** Ends a file that has a part or more, and keeps it for so many hours. Gives its size. */
export async function completeFile(db: Kysely<Crm>, id: string, hours: number): Promise<number> {
  const done = await sql<{ bytes: number }>`
    update stored_file set
      bytes = (select sum(octet_length(own.content))::bigint from stored_file_part own
        where own.id_file = stored_file.id),
      expires_at = clock_timestamp() + make_interval(hours => ${hours})
    where stored_file.id = ${id}
    returning stored_file.bytes`.execute(db);
  const [row] = done.rows;
  if (!row) throw new Error('a file is gone before it was complete');
  return row.bytes;
}

/** The same for a file that grows as long as a job runs: whole after each part. */
export async function growFile(
  trx: Transaction<Crm>,
  id: string,
  content: Buffer,
  hours: number,
): Promise<void> {
  await appendPart(trx, id, content);
  await sql`
    update stored_file set bytes = coalesce(stored_file.bytes, 0) + ${content.length}::bigint,
      expires_at = clock_timestamp() + make_interval(hours => ${hours})
    where stored_file.id = ${id}`.execute(trx);
}

/**
 * Keeps a file for so many hours from now on, or as long as it is kept anyway. False when it is kept
 * no longer.
 */
export async function keepFile(db: Kysely<Crm>, id: string, hours: number): Promise<boolean> {
  const kept = await sql`
    update stored_file set expires_at = greatest(stored_file.expires_at,
      clock_timestamp() + make_interval(hours => ${hours}))
    where stored_file.id = ${id}`.execute(db);
  return kept.numAffectedRows === 1n;
}

export async function deleteFile(db: Kysely<Crm>, id: string): Promise<void> {
  await sql`delete from stored_file where stored_file.id = ${id}`.execute(db);
}

/** An upload that is whole and has not expired; undefined for what a job has made. */
export async function findUpload(db: Kysely<Crm>, id: string): Promise<StoredFile | undefined> {
  const found = await sql<StoredFile>`
    select ${columns} from stored_file file
    where file.id = ${id} and file.bytes is not null
      and file.expires_at > clock_timestamp()
      and not exists (select from job where job.id_output = file.id)`.execute(db);
  return found.rows[0];
}

/** A file that a job has made, with the job. */
export interface MadeFile extends StoredFile {
  readonly job: number;
  readonly kind: string;
  /** Who asked for the job. */
  readonly asked_by: string;
  readonly import: number | null;
}

/** The same for a file that a job has made; undefined for an upload. */
export async function findMadeFile(db: Kysely<Crm>, id: string): Promise<MadeFile | undefined> {
  const found = await sql<MadeFile>`
    select ${columns}, job.id as job, job.kind, job.created_by as asked_by,
      job.id_import as import
    from stored_file file join job on job.id_output = file.id
    where file.id = ${id} and file.bytes is not null
      and file.expires_at > clock_timestamp()`.execute(db);
  return found.rows[0];
}

/**
 * The content of a file, part by part; no connection is held in between. Fails when the file is
 * deleted meanwhile.
 */
export async function* readParts(db: Kysely<Crm>, { id, bytes }: StoredFile) {
  let left = bytes;
  for (let part = 0; left > 0; part += 1) {
    const found = await sql<{ content: Buffer }>`
      select own.content from stored_file_part own
      where own.id_file = ${id} and own.part = ${part}`.execute(db);
    const [row] = found.rows;
    if (!row) throw new Error('a part of a file is gone');
    left -= row.content.length;
    yield row.content;
  }
}

/** Deletes what is kept no longer: files that no live job works with, and jobs of long ago. */
export async function clearAway(db: Kysely<Crm>, jobDays: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await awaitErasure(trx);
    await sql`
      delete from stored_file
      where stored_file.expires_at <= clock_timestamp() and not exists (
        select from job where job.state in ('queued', 'running')
          and stored_file.id in (job.id_input, job.id_output))`.execute(trx);
    await sql`
      delete from job
      where job.finished_at < clock_timestamp() - make_interval(days => ${jobDays})`.execute(trx);
  });
}
