import { fstat, fsyncSync, stat, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { devNull } from 'node:os';
import { promisify } from 'node:util';
import { CliError, exitCodes } from '../faults.ts';
import { linesOf } from './lines.ts';
import type { Format, Output } from './output.ts';

const NEWLINE = 0x0a;

/** Standard output. What was written and not confirmed by the journal is written again. */
export function standardOutput(format: Format): Output {
  let first = true;
  return {
    take: async () => async () => {},
    mark: async () => 0,
    async write(contacts) {
      const begin = first && (await endsInHalfALine()) ? '\n' : '';
      const text = begin + linesOf(contacts, format, first);
      first = false;
      await print(text);
    },
  };
}

/**
 * Whether standard output goes on with a file (`>>`) that a killed run or a full disk has left in
 * the middle of a line: glued to it, the first contact could not be read.
 */
async function endsInHalfALine(): Promise<boolean> {
  const state = await promisify(fstat)(1);
  if (!state.isFile() || state.size === 0 || process.platform === 'win32') return false;
  // Ours is open for writing alone. Where a system lets nobody read it, nothing can be said.
  const file = await open('/dev/fd/1', 'r').catch(() => undefined);
  if (!file) return false;
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, state.size - 1);
    return buffer[0] !== NEWLINE;
  } finally {
    await file.close();
  }
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
