import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilTooLate } from '../actors/patience.ts';
import { type History, openHistory } from '../history.ts';
import type { Plan } from '../plan.ts';
import { type FakeClock, fakeClock } from './clock.ts';
import { type Cluster, makeCluster } from './cluster.ts';
import { type SmallDisk, smallDisk } from './disk.ts';
import { type Door, type Harm, openDoor } from './door.ts';
import type { Random } from './random.ts';
import { MAIN, placeServer, type Server } from './server.ts';
import { CATALOG, type HeldKey, type Setup, STATUTS, setUp } from './setup.ts';
import { openWire, type Wire } from './wire.ts';

/** Everything that a scenario runs on: PostgreSQL, servers, proxies, and what was written down. */
export interface World {
  readonly random: Random;
  readonly folder: string;
  readonly servers: readonly Server[];
  readonly wire: Wire;
  readonly history: History;
  readonly setup: Setup;
  /** The PostgreSQL that serves; a failover puts another in its place. */
  primary: Cluster;
  standby: Cluster | undefined;
  readonly clock: FakeClock | undefined;
  readonly disk: SmallDisk | undefined;
  /** What is being done to the servers now. */
  readonly active: Set<string>;
  /** How often each fault was injected. */
  readonly injected: Map<string, number>;
  /** The keys that are held now. */
  readonly keys: HeldKey[];
  readonly plan: Plan;
  /** True: nobody begins anything new. */
  resting: boolean;
  /** True: everybody ends. */
  stopping: boolean;
  /** When the faults end, by our clock. */
  until: number;
  /** Pulls that were begun and have not been answered. */
  open: number;
  /** A door, at random. */
  door(): Door;
  /** Counts a fault; how often each harm of a connection was done is counted by the doors. */
  count(fault: string, times?: number): void;
  /** Lets what was begun end, does a piece of work while nobody begins anything, and goes on. */
  whileResting(work: () => Promise<void>): Promise<void>;
  /** Copies the history and what the servers have logged. */
  save(folder: string): Promise<void>;
  /** Ends every process, removes every file. */
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly random: Random;
  readonly servers: number;
  /** How many contacts are ready at the beginning. */
  readonly queue: number;
  /** The share of connections that are harmed all the time. */
  readonly harm: number;
  readonly main?: string;
  readonly standby?: boolean;
  readonly clock?: boolean;
  readonly smallDisk?: boolean;
}

const PREFIX = 'relais-faults-';

export async function openWorld(options: WorldOptions): Promise<World> {
  const { random } = options;
  const closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), PREFIX));
  closing.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  try {
    // PostgreSQL may run as another account, which must be able to enter.
    await chmod(folder, 0o711);
    const clock = options.clock ? await fakeClock(folder) : undefined;
    const disk = options.smallDisk ? await smallDisk(join(folder, 'disk')) : undefined;
    if (disk) closing.defer(() => disk.close());
    const primary = await makeCluster(join(disk?.path ?? folder, 'a'), {
      ...(clock ? { env: clock.env } : {}),
      ...(disk ? { wal: join(folder, 'wal') } : {}),
    });
    // The last opened is closed first: a standby waits for nobody.
    closing.defer(async () => {
      await world?.standby?.end('SIGKILL');
      await world?.primary.end('SIGKILL');
      await primary.end('SIGKILL');
    });
    await primary.start();
    const secret = randomBytes(24).toString('hex');
    const setup = await setUp(primary, options.queue, secret);
    await setup.close();

    const wire = await openWire(primary.socket, random.fork());
    closing.defer(() => wire.close());
    const url = new URL(primary.url(CATALOG));
    url.search = '';
    url.host = `127.0.0.1:${wire.port}`;
    const servers: Server[] = [];
    for (let number = 1; number <= options.servers; number += 1) {
      const door = await openDoor(random.fork());
      closing.defer(() => door.close());
      door.share = options.harm;
      const server = placeServer({
        door,
        main: options.main ?? MAIN,
        log: join(folder, `server-${number}.log`),
        env: {
          DATABASE_URL: url.href,
          RELAIS_DATA_DIR: folder,
          RELAIS_SECRET: secret,
          RELAIS_LOG_LEVEL: 'warn',
          RELAIS_RATE_LIMIT: '1000000',
          RELAIS_TRUSTED_PROXIES: '127.0.0.1/32',
          ...clock?.env,
        },
      });
      closing.defer(() => server.end('SIGKILL'));
      servers.push(server);
    }
    await Promise.all(servers.map((server) => server.start()));
    const history = openHistory(join(folder, 'history.jsonl'));
    closing.defer(async () => history.close());
    for (const { id, client, keyed } of setup.keys) {
      history.write({ kind: 'key made', key: id, client, keyed });
    }
    const injected = new Map<string, number>();
    const world: World = {
      random,
      folder,
      servers,
      wire,
      history,
      setup,
      primary,
      standby: undefined,
      clock,
      disk,
      active: new Set(),
      injected,
      keys: [...setup.keys],
      plan: {
        clients: setup.clients,
        ready: STATUTS.ready,
        pulled: STATUTS.pulled,
        clock: clock?.stands ?? [],
      },
      resting: false,
      stopping: false,
      until: 0,
      open: 0,
      door: () => random.pick(servers).door,
      count(fault, times = 1) {
        if (times > 0) injected.set(fault, (injected.get(fault) ?? 0) + times);
      },
      async whileResting(work) {
        world.resting = true;
        const patience = untilTooLate('what was begun never ends');
        while (world.open > 0) await patience();
        await work();
        world.resting = false;
      },
      async save(to) {
        await mkdir(to, { recursive: true });
        const names = (await readdir(folder)).filter((name) => /\.(jsonl|log)$/.test(name));
        for (const name of names) await cp(join(folder, name), join(to, name));
      },
      close: () => closing.disposeAsync(),
    };
    return world;
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

/** What the proxies have done by themselves, beside what was injected. */
export function countProxies(world: World): void {
  for (const { door } of world.servers) {
    for (const [harm, times] of Object.entries(door.done) as [Harm, number][]) {
      world.count(`connection of a client: ${harm}`, times);
    }
  }
  for (const [when, times] of Object.entries(world.wire.done)) {
    world.count(`wire to PostgreSQL cut ${when}`, times);
  }
}
