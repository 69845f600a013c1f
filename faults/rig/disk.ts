import { execFile } from 'node:child_process';
import { chmod, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small disk of its own (tmpfs), which root alone can mount. */
export interface SmallDisk {
  readonly path: string;
  /** Fills it with one file, to the last byte. */
  fill(): Promise<void>;
  free(): Promise<void>;
  close(): Promise<void>;
}

const SIZE = '256m';

export async function smallDisk(path: string): Promise<SmallDisk> {
  await mkdir(path, { recursive: true });
  await run('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=0711`, 'relais-faults', path]);
  await chmod(path, 0o711);
  const ballast = join(path, 'ballast');
  return {
    path,
    async fill() {
      const file = await open(ballast, 'w');
      try {
        for (const size of [1024 ** 2, 4096]) {
          const piece = Buffer.alloc(size);
          // A short write is a full disk, as an error is.
          while (
            (await file.write(piece).catch(() => ({ bytesWritten: 0 }))).bytesWritten === size
          );
        }
      } finally {
        await file.close();
      }
    },
    free: () => rm(ballast, { force: true }),
    async close() {
      // Processes of PostgreSQL take a moment to notice that they are alone.
      for (let tries = 1; ; tries += 1) {
        const failed = await run('umount', [path]).then(
          () => undefined,
          (error: Error) => error,
        );
        if (!failed) return;
        if (tries === 100) throw failed;
        await delay(100);
      }
    },
  };
}
