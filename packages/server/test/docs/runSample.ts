import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KEY_VARIABLE } from '../../src/docs/samples/index.ts';

/** How a reader runs the sample of a language, and how one gets what that takes. */
const RUNNERS: Readonly<Record<string, { file: string; command: string; get: string }>> = {
  curl: { file: 'sample.sh', command: 'sh', get: 'apt-get install curl' },
  node: { file: 'sample.mjs', command: process.execPath, get: 'npm ci' },
  php: { file: 'sample.php', command: 'php', get: 'apt-get install php-cli php-curl' },
  python: { file: 'sample.py', command: 'python3', get: 'apt-get install python3' },
};

/** What a program said; it failed when its code is not 0. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function execute(command: string, args: string[], folder: string, key: string): Promise<Ran> {
  const env = { ...process.env, [KEY_VARIABLE]: key };
  return new Promise((resolve, reject) => {
    execFile(command, args, { cwd: folder, env }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Runs a sample of the page as a reader would, in a folder, with the key in the environment. */
export async function runSample(
  language: string,
  code: string,
  folder: string,
  key: string,
): Promise<Ran> {
  const runner = RUNNERS[language];
  if (!runner) throw new Error(`nothing is known to run "${language}"`);
  const path = join(folder, runner.file);
  await writeFile(path, code);
  const ran = await execute(runner.command, [path], folder, key).catch(() => undefined);
  // 127: a shell's word for a program that is not there.
  if (!ran || ran.code === 127 || /undefined function curl_init/.test(ran.stdout + ran.stderr)) {
    throw new Error(
      `The samples in ${language} cannot be run here: on Debian, "${runner.get}" brings what is missing.`,
    );
  }
  return ran;
}
