import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../config.ts';
import { startTraffic } from '../demo/alive/traffic.ts';
import { type Demo, prepareDemo } from '../demo/prepare.ts';
import { assertAddress, startServer } from '../serve.ts';
import { welcome } from './demoWelcome.ts';
import { say } from './output.ts';
import { type ListenOptions, listenConfig, parseHost, parsePort, untilStopped } from './serve.ts';

export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('run the server on invented French data, with leads that come in and a key')
    .option('-p, --port <port>', 'port to listen on (RELAIS_PORT, 8080)', parsePort)
    .option('--host <address>', 'address to listen on (RELAIS_HOST, 127.0.0.1)', parseHost)
    .option('--still', 'let no leads come in and no client pull')
    .addHelpText('after', '\nExample:\n  relais demo --port 8080')
    .action(async ({ still = false, ...options }: ListenOptions & { still?: boolean }) => {
      // Request logs would bury the key that is printed below, unless they are asked for.
      const config = ofItsOwn(
        listenConfig(options, { RELAIS_LOG_LEVEL: 'warn', RELAIS_DRAIN_SECONDS: '0' }),
      );
      await assertAddress(config);
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

/** Beside the data of an installation, so that one can follow in the same folder. */
const ofItsOwn = (config: Config): Config =>
  config.dataDirIsDefault ? { ...config, dataDir: join(config.dataDir, 'demo') } : config;

const startDemoTraffic = (url: string, { doors, clients }: Demo) =>
  // Each start has other people: those of the last one would come under the same ids again.
  startTraffic({ url, doors, clients: clients.busy, seed: Math.floor(Date.now() / 1000), say });
