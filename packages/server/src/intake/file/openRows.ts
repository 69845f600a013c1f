import { type FileHandle, open } from 'node:fs/promises';
import { openCsv } from './csv/openCsv.ts';
import { FileError } from './fileError.ts';
import type { RowFile, RowFileOptions } from './rowFile.ts';
import { sniff } from './sniff.ts';
import { openXlsx } from './xlsx/openXlsx.ts';

/** As much of a file as tells its format. */
const START_BYTES = 64 * 1024;

/**
 * Opens a file of leads, CSV or XLSX by its content, and finds out how it is to be read: encoding,
 * separator, sheet, header. Holds no more of it than some rows, or the texts that an XLSX file
 * shares between its cells. Nothing has to be closed. Fails with a FileError, whose sentence is
 * for the user.
 */
export async function openRows(path: string, options: RowFileOptions = {}): Promise<RowFile> {
  const { start, bytes } = await startOf(path);
  if (sniff(start) === 'zip') {
    if (options.separator !== undefined || options.encoding !== undefined) {
      throw new FileError('An XLSX file has neither a separator nor an encoding to be told.');
    }
    return openXlsx(path, bytes, options.sheet);
  }
  if (options.sheet !== undefined) {
    throw new FileError('This is a CSV file: it has no sheets to choose from.');
  }
  return openCsv(path, bytes, start, options);
}

async function startOf(path: string): Promise<{ start: Buffer; bytes: number }> {
  let file: FileHandle;
  try {
    file = await open(path);
  } catch (error) {
    throw openingFailed(path, error);
  }
  try {
    const stats = await file.stat();
    if (stats.isDirectory()) throw new FileError(`${path} is a folder.`);
    // A pipe can be read only once, and leads are looked at before they are read.
    if (!stats.isFile()) throw new FileError(`${path} is not a file.`);
    const start = Buffer.alloc(Math.min(START_BYTES, stats.size));
    const { bytesRead } = await file.read(start, 0, start.length, 0);
    return { start: start.subarray(0, bytesRead), bytes: stats.size };
  } finally {
    await file.close();
  }
}

function openingFailed(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new FileError(`There is no file ${path}.`);
  if (code === 'EACCES' || code === 'EPERM') return new FileError(`${path} may not be read.`);
  return error;
}
