import type { Command } from 'commander';
import { startTraffic } from '../demo/alive/traffic.ts';
import { type Demo, prepareDemo } from '../demo/prepare.ts';
import { startServer } from '../serve.ts';
import { welcome } from './demoWelcome.ts';
import { say } from './output.ts';
import { type ListenOptions, listenConfig, parsePort, untilStopped } from './serve.ts';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the server on invented French data, with leads that come in and a key')
    .option('-p, --port <port>', 'port to listen on (RELAIS_PORT, 8080)', parsePort)
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)')
    .option('--still', 'let no leads come in and no client pull')
    .addHelpText('after', '\nExample:\n  relais demo --port 8080')
    .action(async ({ still = false, ...options }: ListenOptions & { still?: boolean }) => {
      // Request logs would bury the key that is printed below, unless they are asked for.
      const config = listenConfig(options, { RELAIS_LOG_LEVEL: 'warn', RELAIS_DRAIN_SECONDS: '0' });
      let demo: Demo | undefined;
      const server = await startServer(config, {
        say,
        prepare: async (installation) => {
          demo = await prepareDemo(installation, config, say);
        },
      });
      if (!demo) throw new Error('the demo was not prepared');
      console.log(welcome(server.url, demo, !still));
      const traffic = still ? undefined : startDemoTraffic(server.url, demo);
      await untilStopped({
        ...server,
        async close() {
          await traffic?.stop();
          await server.close();
        },
      });
    });
}

const startDemoTraffic = (url: string, { doors, clients }: Demo) =>
  // Each start has other people: those of the last one would come under the same ids again.
  startTraffic({ url, doors, clients: clients.busy, seed: Math.floor(Date.now() / 1000), say });
