import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CrmDatabase } from './installation/databases.ts';
import { readParts, type StoredFile } from './store/files.ts';

const PREFIX = 'relais-scratch-';
const DAY = 24 * 3600 * 1000;

/** Gives a folder that only this account may enter, and removes it with all that is in it. */
export async function withFolder<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes a stored file to disk, for what reads files by their path. */
export async function copyOut(
  { db }: CrmDatabase,
  file: StoredFile,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const target = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  await pipeline(Readable.from(readParts(db, file)), target, signal ? { signal } : {});
}

/** Removes the folders of processes that died, a day later: they hold personal data. */
export async function clearScratch(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(tmpdir(), name);
    const changed = await stat(folder).catch(() => undefined);
    if (!changed || Date.now() - changed.mtimeMs < DAY) continue;
    // One of another account is that account's to remove.
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  }
}
