import { type Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { type RunningServer, startServer } from '../serve.ts';
import { issueFirstLink, linkUrl } from '../staff/links.ts';
import { listDatabases } from '../store/catalog.ts';
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
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)')
    .addHelpText('after', '\nExample:\n  relais serve --port 8080 --host 0.0.0.0')
    .action(async (options: ListenOptions) => {
      const config = listenConfig(options);
      const server = await startServer(config, { say });
      const { catalog } = server.installation.databases;
      const entries = await listDatabases(catalog);
      say(`Relais answers at ${server.url}, its documentation at ${server.url}/docs`);
      if (entries.length === 0) say('No CRM database yet: relais database create main');
      const first = await issueFirstLink(catalog);
      if (first) {
        say('Nobody can sign in yet. This link makes the first admin, once; it ends in 3 days:');
        say(`  ${linkUrl(config, server.url, first.token)}`);
      }
      await untilStopped(server);
    });
}

/** Waits for SIGINT or SIGTERM, then closes; a second signal ends the process at once. */
export async function untilStopped(server: RunningServer): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(exitCodes.interrupted));
        say('Closing: requests in flight are finished first.');
        resolve();
      });
    }
  });
  await server.close();
}
