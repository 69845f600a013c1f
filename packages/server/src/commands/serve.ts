import { type Command, InvalidArgumentError } from 'commander';
import { type Config, readConfig } from '../config.ts';

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
      // What answers requests is most of the program: no other command waits for it.
      const { runServer } = await import('./runServer.ts');
      await runServer(listenConfig(options));
    });
}
