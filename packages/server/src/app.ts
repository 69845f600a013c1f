import { randomUUID } from 'node:crypto';
import { type IncomingMessage, METHODS } from 'node:http';
import { limits as allowed } from '@relais/contract';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Context } from './context.ts';
import { plainAddress } from './http/address.ts';
import { refuseKeyInUrl } from './http/authenticate.ts';
import { clientApi } from './http/clientApi.ts';
import { operatorConsole } from './http/console.ts';
import { docs } from './http/docs.ts';
import { type Drain, drainOf } from './http/draining.ts';
import { answerFaults, answerParserError, frameworkRefusal } from './http/faults.ts';
import { health } from './http/health.ts';
import { intake } from './http/intake/intake.ts';
import { createLimits } from './http/limits.ts';
import { metrics } from './http/metrics.ts';
import { files } from './http/operator/files.ts';
import { operatorApi } from './http/operator/operatorApi.ts';
import { commonHeaders, sendRefusal, tlsOnly } from './http/reply.ts';
import { notesOf } from './http/requestLog.ts';
import { limitBodies, UPLOAD } from './http/slowBodies.ts';
import { traces } from './http/traces.ts';
import { within } from './keys/range.ts';
import { Refusal } from './refusal.ts';

/** The HTTP application, which listens nowhere yet, and how it lets its clients go. */
export async function createApp(
  context: Context,
): Promise<{ readonly app: FastifyInstance; readonly drain: Drain }> {
  const { config, log } = context;
  const isTrusted = within(config.trustedProxies);
  const app = Fastify({
    logger: false,
    bodyLimit: allowed.bodyBytes,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    requestTimeout: UPLOAD,
    http: {
      maxHeaderSize: allowed.headerBytes,
      headersTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
      // A missing Host is answered by us, in our shape: see assertHost.
      requireHostHeader: false,
    },
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: config.trustedProxies.length
      ? (address: string) => isTrusted(plainAddress(address))
      : false,
    routerOptions: { ignoreTrailingSlash: true },
    genReqId: () => randomUUID(),
    clientErrorHandler: answerParserError,
    frameworkErrors: (error, request, reply) =>
      sendRefusal(
        request,
        reply,
        frameworkRefusal(error) ?? new Refusal('invalid_request', 'The HTTP request is malformed.'),
      ),
  });

  // An address says which method it takes, whichever was used.
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  }
  metrics(app, context);
  if (context.tracing) traces(app, context.tracing);
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...commonHeaders(request.id), ...tlsOnly(config.publicUrl) });
    assertHost(request.raw);
  });
  // After a route's own first step: the API tells then how one stands with its limit.
  app.addHook('preParsing', (request) => refuseKeyInUrl(context, request.raw.url ?? ''));
  const drain = drainOf(app, config.drainSeconds);
  app.addHook('onResponse', async (request, reply) => {
    log.info(
      {
        request: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        ...notesOf(request),
      },
      'request',
    );
  });

  limitBodies(app);
  // Bodies are read as bytes whatever their Content-Type; what they are is the route's matter.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  answerFaults(app, log);
  const limits = createLimits(config.rateLimit, context.databases.catalog, log);
  app.addHook('onClose', () => limits.close());
  clientApi(app, context, limits);
  intake(app, context, limits);
  operatorApi(app, context, limits);
  files(app, context, limits);
  await operatorConsole(app);
  docs(app, context);
  health(app, context);
  return { app, drain };
}

/** A request has one Host, which only HTTP/1.0 may leave out (RFC 9112, section 3.2). */
function assertHost({ rawHeaders, httpVersion }: IncomingMessage): void {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && /^host$/i.test(name)).length;
  if (hosts === 1 || (hosts === 0 && httpVersion === '1.0')) return;
  throw new Refusal(
    'invalid_request',
    hosts === 0
      ? 'The HTTP request has no Host header.'
      : 'The HTTP request has several Host headers.',
  );
}
