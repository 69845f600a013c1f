import { randomUUID } from 'node:crypto';
import { open, readFile, rm, stat, utimes } from 'node:fs/promises';
import { readJson, removeJson, writeJson } from '../node/jsonFile.ts';
import type { PullParameters } from '../types.ts';
import { CliError, exitCodes } from './faults.ts';
import type { Format } from './outputs/output.ts';

/** A pull that was begun and is not written whole. It holds no personal data. */
export interface Entry {
  readonly idempotencyKey: string;
  readonly parameters: PullParameters;
  /** What tells the API key that began it from others; see `keyMark`. */
  readonly key: string;
  /** Where its contacts belong, and how. */
  readonly output: string;
  readonly format: Format;
  /** How long the output was before: what is beyond is half of this pull. */
  readonly mark: number;
  /** The action ids that an address has taken. */
  readonly done: readonly number[];
}

/** The journal of one process at a time; see `openJournal`. */
export interface Journal {
  load(): Promise<Entry | undefined>;
  save(entry: Entry): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds: how often the lock says that its holder lives, and when it is held no more. */
const BEAT = 5_000;
const SILENT = 30_000;

/** Opens the journal at a path for this process; another that has it open is told of. */
export async function openJournal(path: string): Promise<Journal> {
  const lock = `${path}.lock`;
  const holder = `${process.pid} ${randomUUID()}`;
  if (!(await take(lock, holder))) {
    if (await isHeld(lock)) throw taken(path);
    await rm(lock, { force: true });
    if (!(await take(lock, holder))) throw taken(path);
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, BEAT);
  beat.unref();
  /** A process that was asleep for long may have lost it to another. */
  const assertOurs = async () => {
    if ((await readFile(lock, 'utf8').catch(() => '')) !== holder) throw taken(path);
  };
  return {
    load: async () => (await readJson(path)) as Entry | undefined,
    async save(entry) {
      await assertOurs();
      await writeJson(path, entry);
    },
    async clear() {
      await assertOurs();
      await removeJson(path);
    },
    async close() {
      clearInterval(beat);
      if ((await readFile(lock, 'utf8').catch(() => '')) === holder)
        await rm(lock, { force: true });
    },
  };
}

const taken = (path: string) =>
  new CliError(`Another relais-client is pulling with ${path}.`, exitCodes.temporary);

async function take(lock: string, holder: string): Promise<boolean> {
  try {
    const file = await open(lock, 'wx', 0o600);
    await file.writeFile(holder);
    await file.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Held by a process that lives and has said so lately: an id may be another process's by now. */
async function isHeld(lock: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(lock);
    if (Date.now() - mtimeMs > SILENT) return false;
    const pid = Number.parseInt(await readFile(lock, 'utf8'), 10);
    return Number.isNaN(pid) || isAlive(pid);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
