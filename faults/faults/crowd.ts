import type { Connection } from '../../packages/server/src/db/pool.ts';
import type { Cluster } from '../rig/cluster.ts';
import type { Random } from '../rig/random.ts';
import { CRM } from '../rig/setup.ts';
import type { Fault } from './fault.ts';

/** Somebody else has all of PostgreSQL's connections but those that the servers hold. */
export const poolExhausted: Fault = {
  name: 'PostgreSQL: every connection taken',
  lasts: [2_000, 5_000],
  async inject({ primary }) {
    const taken: Connection[] = [];
    const kill = await primary.connect('postgres');
    await kill.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'relais'
        and pid <> pg_backend_pid() and state = 'idle'`,
    );
    taken.push(kill);
    for (;;) {
      const connection = await primary.connect('postgres').catch(() => undefined);
      if (!connection) break;
      taken.push(connection);
    }
    return async () => {
      await Promise.all(taken.map((connection) => connection.end().catch(() => {})));
    };
  },
};

/** Somebody holds the row of each client for longer than anyone waits. */
export const locksHeld: Fault = {
  name: 'PostgreSQL: locks held past the time-out',
  lasts: [3_500, 5_000],
  async inject({ primary }) {
    const connection = await primary.connect(CRM);
    await connection.query('begin');
    await connection.query('select from client for update');
    return async () => {
      await connection.query('rollback').catch(() => {});
      await connection.end().catch(() => {});
    };
  },
};

const SWITCHES = ['hashjoin', 'mergejoin', 'nestloop', 'indexscan', 'bitmapscan', 'seqscan'];
/** Without these a subquery is run once for each row, where it can be. */
const ONCE_ONLY = ['hashjoin', 'mergejoin', 'hashagg', 'sort', 'material', 'memoize'];

const plans = (name: string, choose: (random: Random) => readonly string[]): Fault => ({
  name,
  lasts: [2_000, 4_000],
  async inject({ primary, random }) {
    const off = choose(random);
    await onDatabase(
      primary,
      off.map((one) => `alter database ${CRM} set enable_${one} = off`),
    );
    return () => onDatabase(primary, [`alter database ${CRM} reset all`]);
  },
});

/** Statements are planned as PostgreSQL would not plan them by itself, or would one day. */
export const otherPlans = plans('PostgreSQL: other plans', (random) =>
  SWITCHES.filter(() => random.chance(0.5)),
);
export const allPlans = plans(
  'PostgreSQL: plans that run a subquery for each row',
  () => ONCE_ONLY,
);

async function onDatabase(cluster: Cluster, statements: readonly string[]): Promise<void> {
  const connection = await cluster.connect('postgres');
  for (const statement of statements) await connection.query(statement);
  // Sessions keep what they began with: new ones have to come.
  await connection.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1',
    [CRM],
  );
  await connection.end();
}
