import { randomUUID } from 'node:crypto';
import { type FileHandle, link, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { StoreInUseError } from '../errors.ts';

/** A file that one process has to itself, as long as all that use it ask for the lock. */
export interface FileLock {
  /** Fails when another has it: a process that was asleep for long may have lost it. */
  assertOurs(): Promise<void>;
  release(): Promise<void>;
}

/** Milliseconds: how often the lock says that its holder lives, and when it is held no more. */
const BEAT = 5_000;
const SILENT = 30_000;

/** Locks a file by another beside it; fails with StoreInUseError while another process has it. */
export async function lockFile(path: string): Promise<FileLock> {
  const lock = `${path}.lock`;
  const holder = `${process.pid} ${randomUUID()} ${hostname()}`;
  if (!(await take(lock, holder))) {
    const found = await textOf(lock);
    if (await isHeld(lock, found)) throw new StoreInUseError(`Another process is using ${path}.`);
    await removeStale(lock, found);
    if (!(await take(lock, holder))) {
      throw new StoreInUseError(`Another process is using ${path}.`);
    }
  }
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, BEAT);
  beat.unref();
  return {
    async assertOurs() {
      if ((await textOf(lock)) === holder) return;
      throw new StoreInUseError(`Another process has taken over ${path} meanwhile.`);
    },
    async release() {
      clearInterval(beat);
      if ((await textOf(lock)) === holder) await rm(lock, { force: true });
    },
  };
}

/** Whether a process has a file to itself now. */
export async function isLocked(path: string): Promise<boolean> {
  const lock = `${path}.lock`;
  return isHeld(lock, await textOf(lock));
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

async function take(lock: string, holder: string): Promise<boolean> {
  let file: FileHandle;
  try {
    file = await open(lock, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await file.writeFile(holder).finally(() => file.close());
    return true;
  } catch (error) {
    // On a full disk: an empty lock would keep the next run away, too.
    await rm(lock, { force: true });
    throw error;
  }
}

/** Held by a process that lives and has said so lately: an id may be another process's by now. */
async function isHeld(lock: string, found: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(lock);
    // A time to come is silence as well: the clock was set back since the last beat.
    if (Math.abs(Date.now() - mtimeMs) > SILENT) return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  const [id = '', , host = hostname()] = found.split(' ');
  const pid = Number.parseInt(id, 10);
  // Of a process in another container, or on another machine, nothing but its beat can be seen.
  return Number.isNaN(pid) || host !== hostname() || isAlive(pid);
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A process that ended has its id until its parent has asked how (Linux, proc(5): state Z).
  const status = await textOf(`/proc/${pid}/stat`);
  return status.slice(status.lastIndexOf(')')).split(' ')[1] !== 'Z';
}

/** Removes a lock that was found stale, and no other: somebody may have replaced it meanwhile. */
async function removeStale(lock: string, found: string): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Where even that fails, its holder notices before its next write.
  if ((await textOf(aside)) !== found) await link(aside, lock).catch(() => {});
  await rm(aside, { force: true });
}
