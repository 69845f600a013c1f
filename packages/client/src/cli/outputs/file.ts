import { constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { csvHeader } from '../csv.ts';
import { CliError, exitCodes } from '../faults.ts';
import { linesOf } from './lines.ts';
import type { Format, Output } from './output.ts';

const NEWLINE = 0x0a;

/** A file that grows: every contact once, however often the process died. */
export const fileOutput = (path: string, format: Format): Output => ({
  async mark() {
    const size = await sizeOf(path);
    if (size > 0 && format === 'csv') await assertOurColumns(path);
    return size;
  },

  async write(contacts, { mark }) {
    // Readable by its owner alone when it is new: it holds personal data.
    const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      // A file that is shorter was moved away meanwhile: this is a new one.
      const start = Math.min(mark, (await file.stat()).size);
      await file.truncate(start);
      const gap = start > 0 && !(await endsLine(file, start)) ? '\n' : '';
      await file.write(gap + linesOf(contacts, format, start === 0), start);
      await file.sync();
    } finally {
      await file.close();
    }
  },
});

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
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
