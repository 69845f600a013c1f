import { CRM } from '../rig/setup.ts';
import type { Fault } from './fault.ts';

/** One process of PostgreSQL that works for a server is killed: all of them start anew. */
export const backendKilled: Fault = {
  name: 'backend: kill -9',
  lasts: [100, 300],
  async inject({ primary, random }) {
    const connection = await primary.connect('postgres');
    try {
      const found = await connection.query<{ pid: number }>(
        `select pid from pg_stat_activity
         where datname = $1 and application_name = 'relais' order by state = 'idle', pid`,
        [CRM],
      );
      if (found.rows.length > 0) process.kill(random.pick(found.rows).pid, 'SIGKILL');
      else throw new Error('no server is connected');
    } finally {
      await connection.end().catch(() => {});
    }
    return () => primary.start();
  },
};

const ended = (name: string, signal: 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): Fault => ({
  name,
  lasts: [0, 1_500],
  async inject({ primary }) {
    await primary.end(signal);
    return () => primary.start();
  },
});

/** The postmaster is killed, and what it had not written is lost. */
export const postmasterKilled = ended('postmaster: kill -9', 'SIGKILL');
export const postgresRestarted = ended('PostgreSQL: fast restart', 'SIGINT');
export const postgresStopped = ended('PostgreSQL: immediate restart', 'SIGQUIT');

/** The postmaster is killed the moment an answer begins to leave: what it says must be on disk. */
export const killedAtFirstByte: Fault = {
  name: 'postmaster: kill -9 on the first byte of an answer',
  lasts: [0, 300],
  async inject({ primary, servers }) {
    await new Promise<void>((resolve) => {
      const kill = () => {
        for (const { door } of servers) door.onAnswer = undefined;
        clearTimeout(late);
        // The answer goes on to its client; what the kill finds unwritten does not.
        resolve(primary.end('SIGKILL'));
      };
      // A queue that is empty has no answers of this kind.
      const late = setTimeout(kill, 10_000);
      for (const { door } of servers) door.onAnswer = kill;
    });
    return () => primary.start();
  },
};
