import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isLocked, lockFile } from '../node/fileLock.ts';
import { readJson, removeJson, writeJson } from '../node/jsonFile.ts';
import { isPendingPull, type PendingPull } from '../pullStore.ts';
import type { Format } from './outputs/output.ts';

/** A pending pull with where its contacts belong. It holds no personal data. */
export interface Entry extends PendingPull {
  readonly key: string;
  /** Where its contacts belong, and how. */
  readonly output: string;
  readonly format: Format;
  /** How long the output was before: what is beyond is half of this pull, */
  readonly mark: number;
  /** up to here. What is longer was written by another. Older versions did not note it. */
  readonly end?: number;
}

function isEntry(value: unknown): value is Entry {
  if (!isPendingPull(value)) return false;
  const { key, output, format, mark } = value as Partial<Entry>;
  return [key, output, format].every((each) => typeof each === 'string') && Number.isInteger(mark);
}

/** The journal of one process at a time; see `openJournal`. */
export interface Journal {
  readonly path: string;
  load(): Promise<Entry | undefined>;
  save(entry: Entry): Promise<void>;
  clear(): Promise<void>;
  /** Fails when another process has taken it over, while this one was asleep. */
  assertOurs(): Promise<void>;
  close(): Promise<void>;
}

/** A pull that an earlier run did not finish, and the journal that names it. */
export interface Left {
  readonly path: string;
  readonly entry: Entry;
}

/** The journals of a folder with a pull that nobody is at. */
export async function leftIn(folder: string): Promise<Left[]> {
  const names = await readdir(folder).catch(() => []);
  const left: Left[] = [];
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const path = join(folder, name);
    const entry = await readJson(path, isEntry).catch(() => undefined);
    if (entry && !(await isLocked(path))) left.push({ path, entry });
  }
  return left;
}

/** Opens the journal at a path for this process; fails when another has it open. */
export async function openJournal(path: string): Promise<Journal> {
  const lock = await lockFile(path);
  return {
    path,
    load: () => readJson(path, isEntry),
    async save(entry) {
      await lock.assertOurs();
      await writeJson(path, entry);
    },
    async clear() {
      await lock.assertOurs();
      await removeJson(path);
    },
    assertOurs: lock.assertOurs,
    close: lock.release,
  };
}
