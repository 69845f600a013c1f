import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CliError, exitCodes } from './faults.ts';
import type { Given } from './options.ts';

/** The environment of a command. */
export type Env = Readonly<Record<string, string | undefined>>;

/**
 * The API key: from a file that is named, from standard input, from RELAIS_API_KEY, or from the
 * configuration folder. Never from an argument, which every process of the machine can read.
 */
export async function findKey(given: Given, env: Env, signal: AbortSignal): Promise<string> {
  if (given['key-stdin']) return (await text(addAbortSignal(signal, process.stdin))).trim();
  if (given['key-file']) return readSecret(given['key-file']);
  if (env.RELAIS_API_KEY) return env.RELAIS_API_KEY.trim();
  const folder = env.XDG_CONFIG_HOME || join(homedir(), '.config');
  const path = join(folder, 'relais', 'key');
  try {
    return await readSecret(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CliError(
      `There is no API key: set RELAIS_API_KEY, or put it into ${path} (chmod 600), or see --key-file.`,
      exitCodes.key,
    );
  }
}

/** A secret kept in a file, which nobody else may read. */
export async function readSecret(path: string): Promise<string> {
  const secret = (await readFile(path, 'utf8')).trim();
  if (process.platform !== 'win32' && ((await stat(path)).mode & 0o077) !== 0) {
    throw new CliError(`Others may read ${path}: run "chmod 600 ${path}" first.`, exitCodes.key);
  }
  return secret;
}
