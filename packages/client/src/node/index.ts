import type { PendingPull, PullStore } from '../pullStore.ts';
import { readJson, removeJson, writeJson } from './jsonFile.ts';

/**
 * Keeps the pending pull in a file, which holds ids and no personal data: a process that starts
 * again goes on with it. One process at a time.
 */
export const fileStore = (path: string): PullStore => ({
  load: async () => (await readJson(path)) as PendingPull | undefined,
  save: (pending) => writeJson(path, pending),
  clear: () => removeJson(path),
});
