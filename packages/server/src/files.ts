import { FILE_HOURS, type UploadedFile } from '@relais/contract';
import type { Kysely } from 'kysely';
import type { DB as Crm } from './db/crm.generated.ts';
import type { CrmDatabase } from './installation/databases.ts';
import { appendPart, completeFile, deleteFile, insertFile, PART_BYTES } from './store/files.ts';

/** A file has no content, which is not kept. */
export class EmptyFile extends Error {
  constructor() {
    super('the file is empty');
    this.name = 'EmptyFile';
  }
}

/**
 * Keeps what is read as a file of a CRM database, where every process finds it. Holds a part of it
 * in memory at a time, and no connection while it waits for more. When the content fails nothing
 * of the file is left, and after a crash it is cleared away.
 */
export async function storeFile(
  { db }: CrmDatabase,
  file: { readonly nom: string; readonly by: string },
  content: AsyncIterable<Buffer>,
): Promise<UploadedFile> {
  const id = await insertFile(db, file);
  try {
    await fillFile(db, id, content);
    return { file_id: id, nom: file.nom, bytes: await completeFile(db, id, FILE_HOURS) };
  } catch (error) {
    // Where even this fails it expires.
    await deleteFile(db, id).catch(() => {});
    throw error;
  }
}

/** Puts what is read into a file that was begun; it is whole when somebody completes it. */
export async function fillFile(
  db: Kysely<Crm>,
  id: string,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  let parts = 0;
  for await (const part of partsOf(content)) {
    await appendPart(db, id, part);
    parts += 1;
  }
  if (parts === 0) throw new EmptyFile();
}

/** The same bytes in parts of PART_BYTES; the last one may be smaller. */
async function* partsOf(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < PART_BYTES) continue;
    const all = Buffer.concat(held);
    const whole = all.length - (all.length % PART_BYTES);
    for (let at = 0; at < whole; at += PART_BYTES) yield all.subarray(at, at + PART_BYTES);
    held = [all.subarray(whole)];
    bytes -= whole;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
