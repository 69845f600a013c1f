import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `relais` with these arguments, as a shell would. */
export function relais(env: Record<string, string>, ...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [main, ...args],
      { env: { PATH: process.env.PATH, ...env } },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

export type Commands = ReturnType<typeof commandsIn>;

/** Runs `relais` in one environment: any command, one that has to succeed, one that speaks JSON. */
export function commandsIn(env: Record<string, string>) {
  const run = (...args: string[]): Promise<Ran> => relais(env, ...args);
  const done = async (...args: string[]): Promise<Ran> => {
    const ran = await run(...args);
    assert.equal(ran.code, 0, ran.stderr);
    return ran;
  };
  const json = async (...args: string[]) => JSON.parse((await done(...args, '--json')).stdout);
  return { run, done, json };
}

/** It has failed, and said why in a sentence, without a stack. */
export function assertTold(ran: Ran, sentence: RegExp): void {
  assert.equal(ran.code, 1, ran.stderr);
  assert.match(ran.stderr, sentence);
  assert.doesNotMatch(ran.stderr, /\n\s+at /);
}

/** Runs a command for each item, a few at a time; gives the results with their items, in order. */
export async function eachOf<Item>(
  items: readonly Item[],
  command: (item: Item) => Promise<Ran>,
): Promise<[ran: Ran, item: Item][]> {
  const results: [Ran, Item][] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE);
    const ran = some.map(async (item): Promise<[Ran, Item]> => [await command(item), item]);
    results.push(...(await Promise.all(ran)));
  }
  return results;
}

const AT_ONCE = 4;

/** A folder of a test's own, which the account of an embedded PostgreSQL can enter. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'relais-command-'));
  await chmod(folder, 0o711);
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}
