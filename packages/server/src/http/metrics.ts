import { BlockList, type Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import { sameHash, sha256 } from '../keys/encoding.ts';
import { createMetrics } from '../metrics/metrics.ts';
import type { EndedRequest } from '../metrics/requestMetrics.ts';
import { Refusal } from '../refusal.ts';
import { parserRefusal } from './faults.ts';
import { notesOf } from './requestLog.ts';

/** nginx's number for a connection that its client closed before the answer. */
const CLOSED = 499;

/**
 * Counts every request, and `GET /metrics` for Prometheus: to who shows RELAIS_METRICS_TOKEN; where
 * there is none, to this machine alone. To anybody else there is nothing at this address.
 */
export function metrics(app: FastifyInstance, { config, databases, log }: Context): void {
  const { requests, contentType, scrape } = createMetrics(databases, log);

  const serving = new WeakSet<Socket>();
  const unread = new WeakMap<Socket, Refusal>();
  app.addHook('onRequest', (request, reply, done) => {
    const { socket } = request.raw;
    serving.add(socket);
    requests.begun();
    // Also emitted when the connection ends before the answer, as onResponse is not.
    reply.raw.once('close', () => {
      serving.delete(socket);
      requests.ended(ended(request, reply, unread.get(socket)));
    });
    done();
  });
  app.server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const refusal = parserRefusal(error);
    // The parser says so again for each piece that follows.
    if (!refusal || unread.has(socket)) return;
    unread.set(socket, refusal);
    if (!serving.has(socket)) requests.unread(refusal.status, refusal.code);
  });
  app.get('/metrics', { exposeHeadRoute: false }, async (request, reply) => {
    const known =
      config.metricsToken === undefined
        ? isOwnMachine(request)
        : showsToken(request, config.metricsToken);
    if (!known) throw new Refusal('not_found', 'Nothing is at this address.');
    const text = await scrape();
    if (text === undefined) throw new Refusal('unavailable', 'Not all workers answer.', 5);
    return reply.type(contentType).send(text);
  });
}

/** `unread`: why the rest of the request could not be read. */
function ended(request: FastifyRequest, reply: FastifyReply, unread?: Refusal): EndedRequest {
  const { operation, code = unread?.code, database, outcome, pull } = notesOf(request);
  const whole = reply.raw.writableFinished;
  const repeated = operation !== 'pullContacts' || reply.hasHeader('idempotency-replayed');
  return {
    route: request.routeOptions.url,
    operation,
    status: whole ? reply.statusCode : (unread?.status ?? CLOSED),
    code,
    seconds: reply.elapsedTime / 1000,
    database,
    outcome,
    pulled: pull
      ? {
          contacts: Number(reply.getHeader('pull-count') ?? 0),
          delivery: repeated ? 'repeated' : whole ? 'written' : 'uncertain',
        }
      : undefined,
  };
}

const ownMachine = new BlockList();
ownMachine.addSubnet('127.0.0.0', 8, 'ipv4');
ownMachine.addAddress('::1', 'ipv6');

/** The connection comes from this machine, and not through a proxy that stands before the world. */
function isOwnMachine({ headers, raw }: FastifyRequest): boolean {
  const address = raw.socket.remoteAddress ?? '';
  const isProxied = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'].some(
    (name) => headers[name] !== undefined,
  );
  return !isProxied && ownMachine.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

function showsToken({ headers }: FastifyRequest, token: string): boolean {
  const shown = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  return sameHash(sha256(shown), sha256(token));
}
