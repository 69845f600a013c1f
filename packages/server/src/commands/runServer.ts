import cluster from 'node:cluster';
import type { Config } from '../config.ts';
import { type RunningServer, startServer } from '../serve.ts';
import { issueFirstLink, linkUrl } from '../staff/links.ts';
import { listDatabases } from '../store/catalog.ts';
import { startWorkers } from '../workers/startWorkers.ts';
import { work } from '../workers/work.ts';
import { interruptible } from './interruptible.ts';
import { exitCodes, say } from './output.ts';

/** `relais serve`: a server, or a worker of one, until a signal ends it. */
export async function runServer(config: Config): Promise<void> {
  if (cluster.isWorker) return work(config);
  const start = config.workers > 1 ? startWorkers : startServer;
  const server = await interruptible((opened) => start(config, { say, opened }));
  // From the moment that it answers: a signal without a handler would cut requests off.
  const stopped = stopSignal();
  try {
    await welcome(config, server);
  } catch (error) {
    // A start that fails at its last step leaves no server behind.
    await server.close();
    throw error;
  }
  await untilStopped(server, stopped);
}

/** Says where the server answers, and what its owner has to do first. */
async function welcome(config: Config, { url, installation }: RunningServer): Promise<void> {
  const { catalog } = installation.databases;
  const entries = await listDatabases(catalog);
  const first = await issueFirstLink(catalog);
  say(`Relais answers at ${url}, its documentation at ${url}/docs`);
  if (entries.length === 0) say('No CRM database yet: relais database create main');
  if (first) {
    say('Nobody can sign in yet. This link makes the first admin, once; it ends in 3 days:');
    say(`  ${linkUrl(config, url, first.token)}`);
  }
}

type Stop = 'SIGINT' | 'SIGTERM';

/** Settles at the first SIGINT or SIGTERM; a second signal ends the process at once. */
function stopSignal(): Promise<Stop> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(exitCodes.interrupted));
        say('Closing: requests in flight are finished first.');
        resolve(signal);
      });
    }
  });
}

/**
 * Waits for SIGINT, then closes, or for SIGTERM: then clients and balancers are given the time to
 * notice first.
 */
export async function untilStopped(
  server: RunningServer,
  stopped: Promise<Stop> = stopSignal(),
): Promise<void> {
  if ((await stopped) === 'SIGTERM') await server.drain('nobody');
  await server.close();
}
