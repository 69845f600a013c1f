import { join } from 'node:path';
import type { Config } from '../config.ts';
import { startTraffic } from '../demo/alive/traffic.ts';
import { type Demo, prepareDemo } from '../demo/prepare.ts';
import { assertAddress, startServer } from '../serve.ts';
import { welcome } from './demoWelcome.ts';
import { interruptible } from './interruptible.ts';
import { say } from './output.ts';
import { untilStopped } from './runServer.ts';
import { type ListenOptions, listenConfig } from './serve.ts';

/** `relais demo`: a server on invented data until a signal ends it; `still` without what goes on. */
export async function runDemo(options: ListenOptions, still: boolean): Promise<void> {
  // Request logs would bury the key that is printed below, unless they are asked for.
  const config = ofItsOwn(
    listenConfig(options, { RELAIS_LOG_LEVEL: 'warn', RELAIS_DRAIN_SECONDS: '0' }),
  );
  await assertAddress(config);
  let demo: Demo | undefined;
  const server = await interruptible((opened) =>
    startServer(config, {
      ...{ say, opened },
      prepare: async (installation) => {
        demo = await prepareDemo(installation, config, say);
      },
    }),
  );
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
}

/** Beside the data of an installation, so that one can follow in the same folder. */
const ofItsOwn = (config: Config): Config =>
  config.dataDirIsDefault ? { ...config, dataDir: join(config.dataDir, 'demo') } : config;

const startDemoTraffic = (url: string, { doors, clients }: Demo) =>
  // Each start has other people: those of the last one would come under the same ids again.
  startTraffic({ url, doors, clients: clients.busy, seed: Math.floor(Date.now() / 1000), say });
