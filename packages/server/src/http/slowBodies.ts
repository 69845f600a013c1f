import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerParserError } from './faults.ts';

/** How long a request may take to arrive, and one that brings a file. Milliseconds. */
export const ARRIVAL = 15_000;
export const UPLOAD = 10 * 60_000;

const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();

/**
 * Ends requests that take too long to arrive, as Node does by itself with one limit for all of a
 * server: here it is UPLOAD, and this is the shorter one.
 */
export function limitBodies(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { raw } = request;
    const timer = setTimeout(() => {
      if (raw.complete) return;
      if (reply.raw.headersSent) return void raw.socket.destroy();
      const error = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      answerParserError(error, raw.socket);
    }, ARRIVAL);
    timers.set(request, timer.unref());
  });
  app.addHook('onResponse', async (request) => {
    // What was refused before it had arrived still has to.
    if (request.raw.complete) allowSlowBody(request);
  });
}

/** Lets a request take as long as an upload may: for somebody who is known. */
export function allowSlowBody(request: FastifyRequest): void {
  clearTimeout(timers.get(request));
}
