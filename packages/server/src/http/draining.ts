import { Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.ts';

/** Who takes the connections that come next: `nobody` but us, or a `successor` at our address. */
export type Heir = 'nobody' | 'successor';

/**
 * Lets clients go without one failed request; resolves when the application may be closed. From the
 * first moment every answer ends its connection. Connections that are kept alive stay open
 * meanwhile, since closing one may cross with the request that comes on it. Without a successor,
 * /readyz says 503, and whoever comes before balancers have noticed is still let in.
 */
export type Drain = (heir: Heir) => Promise<void>;

/** Gives an application its way to drain, for at most so many seconds. */
export function drainOf(app: FastifyInstance, seconds: number): Drain {
  let draining = false;
  let gone = false;
  app.addHook('preClose', async () => {
    draining = true;
  });
  app.addHook('onRequest', async (request) => {
    if (gone && request.routeOptions.url === '/readyz') {
      throw new Refusal('unavailable', 'This server is closing.', Math.max(1, seconds));
    }
  });
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('Connection', 'close');
  });

  return async (heir) => {
    draining = true;
    gone = heir === 'nobody';
    if (seconds === 0) return;
    const done = new AbortController();
    const patience = delay(seconds * 1000, undefined, { signal: done.signal }).catch(() => {});
    if (heir === 'successor') {
      // What a server for HTTP does beside is to close the connections that are kept alive.
      Server.prototype.close.call(app.server, () => done.abort());
    }
    await patience;
  };
}
