import type { Fault } from './fault.ts';

/** A server is killed, and started again. */
export const serverKilled: Fault = {
  name: 'server: kill -9',
  lasts: [0, 500],
  async inject({ random, servers }) {
    const server = random.pick(servers);
    await server.end('SIGKILL');
    return () => server.start();
  },
};

/** A server stands still with whatever it holds. */
export const serverStopped: Fault = {
  name: 'server: SIGSTOP',
  lasts: [500, 6_000],
  async inject({ random, servers }) {
    const server = random.pick(servers);
    server.signal('SIGSTOP');
    return async () => server.signal('SIGCONT');
  },
};

/** A server is told to end, finishes what it has begun, and is replaced. */
export const serverReplaced: Fault = {
  name: 'server: SIGTERM',
  lasts: [0, 200],
  async inject({ random, servers }) {
    const server = random.pick(servers);
    await server.end('SIGTERM');
    return () => server.start();
  },
};
