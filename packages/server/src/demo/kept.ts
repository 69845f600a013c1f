import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** What an earlier start of the demo kept in a file; empty when there is none. */
export const readKept = async (file: string): Promise<string> =>
  (await readFile(file, 'utf8').catch(() => '')).trim();

/** Keeps a secret of the demo, so that starting again prints the same: it opens invented data. */
export async function keep(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${text}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}
