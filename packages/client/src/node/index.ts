import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPendingPull, type PullStore } from '../pullStore.ts';
import { type FileLock, lockFile } from './fileLock.ts';
import { readJson, removeJson, writeJson } from './jsonFile.ts';

/**
 * Keeps the pending pull in a file, which holds ids and no personal data: a process that starts
 * again goes on with it. While one process pulls with it, another fails with StoreInUseError. A path
 * or a `file:` URL: a relative path is of the folder that the process was started in, so that one
 * started elsewhere does not find it.
 */
export function fileStore(file: string | URL): PullStore {
  const path = typeof file === 'string' ? resolve(file) : fileURLToPath(file);
  let lock: FileLock | undefined;
  return {
    load: () => readJson(path, isPendingPull),
    async save(pending) {
      await lock?.assertOurs();
      await writeJson(path, pending);
    },
    async clear() {
      await lock?.assertOurs();
      await removeJson(path);
    },
    async open() {
      const taken = await lockFile(path);
      lock = taken;
      return async () => {
        lock = undefined;
        await taken.release();
      };
    },
  };
}
