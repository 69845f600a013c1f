import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../rig/cluster.ts';
import type { World } from '../rig/world.ts';
import type { Fault } from './fault.ts';

/** Sets up a standby; from then on a commit is answered when both have written it. */
export async function addStandby(world: World): Promise<void> {
  const folder = join(world.folder, `standby-${randomBytes(3).toString('hex')}`);
  const standby = await world.primary.standby(folder);
  world.standby = standby;
  await standby.start();
  await until(world.primary, `select from pg_stat_replication where state = 'streaming'`);
  const connection = await world.primary.connect('postgres');
  await connection.query(`alter system set synchronous_standby_names = '*'`);
  await connection.query('select pg_reload_conf()');
  await connection.end();
  await until(world.primary, `select from pg_stat_replication where sync_state = 'sync'`);
}

async function until(cluster: Cluster, query: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const connection = await cluster.connect('postgres');
    const found = await connection.query(query).finally(() => connection.end());
    if (found.rows.length > 0) return;
    await delay(50);
  }
  throw new Error(`never came true: ${query}`);
}

/** The primary is lost for good, and the standby takes over; then it gets a standby of its own. */
export const failedOver: Fault = {
  name: 'PostgreSQL: failed over to the standby',
  lasts: [0, 1_000],
  async inject(world) {
    const { primary, standby, wire } = world;
    if (!standby) throw new Error('there is no standby');
    await primary.end('SIGKILL');
    return async () => {
      const connection = await standby.connect('postgres');
      await connection.query('select pg_promote(true, 60)');
      await connection.end();
      world.primary = standby;
      world.standby = undefined;
      wire.target = standby.socket;
      wire.drop();
      await addStandby(world);
    };
  },
};
