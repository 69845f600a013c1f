import { isPendingPull, type PullStore } from '../pullStore.ts';
import { type FileLock, lockFile } from './fileLock.ts';
import { readJson, removeJson, writeJson } from './jsonFile.ts';

/**
 * Keeps the pending pull in a file, which holds ids and no personal data: a process that starts
 * again goes on with it. While one process pulls with it, another fails with StoreInUseError.
 */
export function fileStore(path: string): PullStore {
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
