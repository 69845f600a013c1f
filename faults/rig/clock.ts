import { existsSync, globSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A clock of PostgreSQL and the servers that can be moved: libfaketime, by a file that it reads. */
export interface FakeClock {
  /** The environment of a process that lives by it. */
  readonly env: Record<string, string>;
  /** Where it stood from when on, as the checker wants it. */
  readonly stands: { from: number; offset: number }[];
  /** Puts it this far from ours, milliseconds. */
  set(offset: number): Promise<void>;
}

const PLACES = ['/usr/lib/*/faketime/libfaketimeMT.so.1', '/usr/lib/faketime/libfaketimeMT.so.1'];

/** Where libfaketime is; undefined when it is not installed. */
export const findFaketime = (): string | undefined =>
  PLACES.flatMap((place) => globSync(place)).find((path) => existsSync(path));

export async function fakeClock(folder: string): Promise<FakeClock> {
  const library = findFaketime();
  if (!library) throw new Error('libfaketime is not installed');
  const file = join(folder, 'clock');
  const stands = [{ from: 0, offset: 0 }];
  const write = async (offset: number) => {
    const seconds = offset / 1000;
    await writeFile(`${file}.new`, `${seconds < 0 ? '' : '+'}${seconds}\n`, { mode: 0o644 });
    await rename(`${file}.new`, file);
  };
  await write(0);
  return {
    env: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      FAKETIME_DONT_RESET: '1',
    },
    stands,
    async set(offset) {
      stands.push({ from: Date.now(), offset });
      await write(offset);
    },
  };
}
