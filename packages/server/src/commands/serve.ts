import cluster from 'node:cluster';
import { type Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { type RunningServer, startServer } from '../serve.ts';
import { issueFirstLink, linkUrl } from '../staff/links.ts';
import { listDatabases } from '../store/catalog.ts';
import { startWorkers } from '../workers/startWorkers.ts';
import { work } from '../workers/work.ts';
import { exitCodes, say } from './output.ts';

export interface ListenOptions {
  port?: number;
  host?: string;
}

export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Give a port from 0 to 65535.');
  return port;
}

/** An empty one would be every address of the machine. */
export function parseHost(text: string): string {
  if (text.trim() === '') {
    throw new InvalidArgumentError('Give an address, such as 127.0.0.1; 0.0.0.0 is all of them.');
  }
  return text.trim();
}

function parseWorkers(text: string): number {
  const workers = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (!(workers >= 1 && workers <= 64)) throw new InvalidArgumentError('Give 1 to 64 workers.');
  return workers;
}

/** The configuration of the environment, with what the command line says instead. */
export const listenConfig = (
  options: ListenOptions,
  defaults: Record<string, string> = {},
): Config => ({
  ...readConfig({ ...defaults, ...process.env }),
  ...options,
});

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('run the server')
    .option('-p, --port <port>', 'port to listen on (RELAIS_PORT, 8080)', parsePort)
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)', parseHost)
    .option('--workers <number>', 'processes that answer (RELAIS_WORKERS, 1)', parseWorkers)
    .addHelpText(
      'after',
      `
Example:
  relais serve --port 8080 --host 0.0.0.0 --workers 2

SIGTERM lets clients go, then ends the server; SIGINT ends it after the requests in flight. With
several workers, SIGHUP replaces them one after the other, without one failed request.`,
    )
    .action(async (options: ListenOptions & { workers?: number }) => {
      const config = listenConfig(options);
      if (cluster.isWorker) return work(config);
      const server = await (config.workers > 1
        ? startWorkers(config, say)
        : startServer(config, { say }));
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
    });
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
