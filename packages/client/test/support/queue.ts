import { readFile } from 'node:fs/promises';
import type { TestContext } from 'node:test';
import { temporaryFolder } from '../../../server/test/support/command.ts';
import { queueCrm } from '../../../server/test/support/crm.ts';
import { loadInto } from '../../../server/test/support/installation.ts';
import type { TestServer } from '../../../server/test/support/server.ts';
import { runClient } from './cli.ts';

/**
 * So many contacts in a CRM database of a test's own, a key of "Promoteur X" to it, and a folder.
 * With `env` the command line pulls them, and keeps what it keeps of its own in the folder.
 */
export async function openQueue(server: TestServer, t: TestContext, count: number) {
  const database = await server.create();
  await loadInto(database, queueCrm(count));
  const { text: key } = await server.key('Promoteur X', { database });
  const folder = await temporaryFolder(t);
  const env = { RELAIS_API_KEY: key, RELAIS_BASE_URL: server.url, XDG_STATE_HOME: folder };
  return { database, key, folder, env };
}

/** The same, with what runs commands on it: with its key, or in an environment of their own. */
export async function openCommands(server: TestServer, t: TestContext, count: number) {
  const { env, ...queue } = await openQueue(server, t, count);
  return {
    ...queue,
    run: (...args: string[]) => runClient(args, env),
    runAs: (own: Record<string, string>, ...args: string[]) =>
      runClient(args, { RELAIS_BASE_URL: server.url, ...own }),
  };
}

/** The action ids in a file of JSON Lines, in order of their size. */
export const idsIn = async (path: string): Promise<number[]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).action_id)
    .sort((left, right) => left - right);
