import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { StoreInUseError } from '../../errors.ts';
import { type FileLock, lockFile } from '../../node/fileLock.ts';
import { csvHeader } from '../csv.ts';
import { CliError, exitCodes } from '../faults.ts';
import { linesOf, pullsIn } from './lines.ts';
import type { Format, Output } from './output.ts';

const NEWLINE = 0x0a;

/** A file that grows: every contact once, however often the process died. */
export function fileOutput(path: string, format: Format): Output {
  let lock: FileLock | undefined;
  return {
    async take() {
      const taken = await lockOutput(path);
      lock = taken;
      return async () => {
        lock = undefined;
        await taken.release();
      };
    },

    async mark() {
      const size = await sizeOf(path);
      if (size > 0 && format === 'csv') await assertOurColumns(path);
      return size;
    },

    async write(contacts, { mark, end, pull, onPlace }) {
      // Readable by its owner alone when it is new: it holds personal data.
      const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
      try {
        const { size } = await file.stat();
        if (size > end) throw foreign(path);
        // A file that is shorter was moved away meanwhile: this is a new one.
        const start = Math.min(mark, size);
        if (await holdsOther(file, { start, size, pull })) throw foreign(path);
        const gap = start > 0 && !(await endsLine(file, start)) ? '\n' : '';
        const bytes = Buffer.from(gap + linesOf(contacts, format, start === 0));
        const after = start + bytes.length;
        await onPlace(start, Math.max(size, after));
        await lock?.assertOurs();
        // In its place rather than after a cut: should another process have taken over at this very
        // moment, the same bytes are there already, and what follows them stays.
        await writeAll(file, bytes, start);
        if (size > after) await file.truncate(after);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/**
 * Locks a file, there or not yet, by whatever name it is reached. Runs with a journal each may have
 * one file: both would find its end at the same place, and the second write over the first.
 */
async function lockOutput(path: string): Promise<FileLock> {
  try {
    return await lockFile(await realpath(path).catch(() => path));
  } catch (error) {
    if (!(error instanceof StoreInUseError)) throw error;
    throw new CliError(
      `Another process is writing to ${path}: give each run a file of its own, or run it again later.`,
      exitCodes.temporary,
    );
  }
}

/**
 * Whether contacts of another pull stand where half of this one may be: written by a run with a
 * journal of its own, after the one that began this pull was killed.
 */
async function holdsOther(
  file: FileHandle,
  { start, size, pull }: { start: number; size: number; pull: string | undefined },
): Promise<boolean> {
  if (size <= start || pull === undefined) return false;
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
  return [...pullsIn(buffer.toString('utf8', 0, bytesRead))].some((id) => id !== pull);
}

const foreign = (path: string) =>
  new CliError(
    `${path} holds something that the pull under way did not write. Nothing is lost: move the file away and run it again, then the pull is in a new one.`,
  );

/** Writes all of it: a disk that is nearly full takes a part and says how much. */
async function writeAll(file: FileHandle, bytes: Buffer, start: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, start + done);
    done += bytesWritten;
  }
}

/** How long a file is. One that can't be written fails here, before anything is pulled for it. */
async function sizeOf(path: string): Promise<number> {
  try {
    const file = await open(path, 'r+');
    return await file
      .stat()
      .then(({ size }) => size)
      .finally(() => file.close());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

async function endsLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] === NEWLINE;
}

async function assertOurColumns(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(csvHeader.length),
      0,
      csvHeader.length,
      0,
    );
    if (buffer.toString('utf8', 0, bytesRead) === csvHeader) return;
  } finally {
    await file.close();
  }
  throw new CliError(`${path} has other columns: choose another --out.`, exitCodes.usage);
}
