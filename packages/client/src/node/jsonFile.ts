import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RelaisError } from '../errors.ts';

/** The value of a JSON file; undefined when there is none. A RelaisError where it is none of ours. */
export async function readJson<Value>(
  path: string,
  isOurs: (value: unknown) => value is Value,
): Promise<Value | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw foreign(path, 'is no JSON', cause);
  }
  if (isOurs(value)) return value;
  throw foreign(path, 'holds something else');
}

const foreign = (path: string, why: string, cause?: unknown) =>
  new RelaisError(
    `${path} should name the pull that is under way, and ${why}. Look at what was pulled (getPulledContacts), then remove the file.`,
    { cause },
  );

/** Replaces a JSON file in one step: after a crash, of the machine too, it is the old or the new. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  const beside = `${path}.${process.pid}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    try {
      await file.writeFile(JSON.stringify(value));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    // A full disk is not filled with what each run leaves.
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

export async function removeJson(path: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(dirname(path));
}

/**
 * A file's name is safe on the disk once its folder is. Windows can not, and need not; some file
 * systems, such as a folder shared with a virtual machine, refuse it of every folder.
 */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EINVAL' && code !== 'EBADF') throw error;
  } finally {
    await folder.close();
  }
}
