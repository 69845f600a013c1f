import { fstat, fsyncSync, stat, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { CliError, exitCodes } from '../faults.ts';
import { linesOf } from './lines.ts';
import type { Format, Output } from './output.ts';

/** Standard output. What was written and not confirmed by the journal is written again. */
export function standardOutput(format: Format): Output {
  let first = true;
  return {
    mark: async () => 0,
    async write(contacts) {
      const text = linesOf(contacts, format, first);
      first = false;
      await print(text);
    },
  };
}

/** Contacts that are taken and shown to nobody are lost: a closed standard output is none. */
export async function assertRead(): Promise<void> {
  if (process.platform === 'win32') return;
  // Node opens the null device in place of what is closed.
  const [ours, none] = await Promise.all([promisify(fstat)(1), promisify(stat)(devNull)]);
  if (!ours.isCharacterDevice() || ours.rdev !== none.rdev) return;
  throw new CliError(
    'Nobody reads standard output: it is closed, or the null device. Nothing was pulled.',
    exitCodes.usage,
  );
}

/** Resolves when the reader's end has taken the text, or when all of it is on the disk. */
export async function print(text: string): Promise<void> {
  if ((await promisify(fstat)(1)).isFile()) return writeFile(Buffer.from(text));
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** Node's own stream writes to a file once, and does not look at how much of it the disk took. */
function writeFile(bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(1, bytes, done);
  fsyncSync(1);
}
