import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RequestSpan, Tracing } from '../tracing.ts';
import { notesOf } from './requestLog.ts';

/** Asked for every few seconds by machines: of no interest in a trace. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Makes a span of every request. */
export function traces(app: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, RequestSpan>();

  app.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route !== undefined && !PROBES.has(route)) {
      const span = tracing.begin(request.headers);
      spans.set(request, span);
      reply.raw.once('close', () => {
        const { operation, code } = notesOf(request);
        const { method, id } = request;
        span.end({ method, route, operation, code, status: reply.statusCode, request: id });
      });
    }
    done();
  });
  // The reading of the body loses what was current before it.
  app.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span) span.within(done);
    else done();
  });
}
