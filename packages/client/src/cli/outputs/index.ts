import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CliError, exitCodes } from '../faults.ts';
import { fileOutput } from './file.ts';
import { httpOutput } from './http.ts';
import type { Format, Output } from './output.ts';
import { assertRead, standardOutput } from './stdout.ts';

/** Where contacts shall go, as it was said: a path made whole, an address, or `-`. */
export interface Target {
  readonly output: string;
  readonly format: Format;
}

/** Whether an output is the address of a receiver. */
export const isAddress = (output: string): boolean => /^https?:\/\//.test(output);

/** Reads `--out` and `--format`. */
export function targetOf(out: string, format: string | undefined): Target {
  if (format !== undefined && format !== 'csv' && format !== 'jsonl') {
    throw new CliError(`--format is csv or jsonl, not "${format}".`, exitCodes.usage);
  }
  if (out === '-' || out === '/dev/stdout') return { output: '-', format: format ?? 'jsonl' };
  if (isAddress(out)) {
    if (!URL.canParse(out)) throw new CliError(`--out ${out} is no address.`, exitCodes.usage);
    const { username, password } = new URL(out);
    if (username || password) {
      throw new CliError(
        '--out may hold no user and no password: its requests are signed instead.',
        exitCodes.usage,
      );
    }
    return { output: out, format: 'jsonl' };
  }
  const ending = /\.csv$/i.test(out) ? 'csv' : /\.(jsonl|ndjson)$/i.test(out) ? 'jsonl' : undefined;
  const chosen = format ?? ending;
  if (chosen) return { output: resolve(out), format: chosen };
  throw new CliError('--out ends in .csv or .jsonl, or --format says which.', exitCodes.usage);
}

/** What the requests to an address need. */
export interface Sending {
  /** What they are signed with. */
  secret(): Promise<string>;
  /** Milliseconds for one answer. */
  readonly timeout: number | undefined;
}

/** Opens a target. */
export async function openOutput({ output, format }: Target, sending: Sending): Promise<Output> {
  if (output === '-') {
    await assertRead();
    return standardOutput(format);
  }
  if (isAddress(output)) return httpOutput(output, await sending.secret(), sending.timeout);
  const folder = dirname(output);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CliError(`There is no folder ${folder}.`, exitCodes.usage);
  await assertKeeps(output);
  return fileOutput(output, format);
}

/** A device or a pipe keeps nothing that could be written over: found after a pull, it is too late. */
async function assertKeeps(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile() || found.isDirectory()) return;
  throw new CliError(
    `${path} is a device or a pipe, and no file: --out - is standard output.`,
    exitCodes.usage,
  );
}
