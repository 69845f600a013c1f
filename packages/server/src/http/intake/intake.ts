import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { createGate } from '../../gate.ts';
import { readVerification } from '../../intake/meta/notification.ts';
import { Refusal } from '../../refusal.ts';
import { findSource, type Source } from '../../store/sources.ts';
import type { Limits } from '../limits.ts';
import { note } from '../requestLog.ts';
import { channelDoors } from './channels.ts';
import { corsHeaders, PREFLIGHT_HEADERS } from './cors.ts';
import { assertToken, noSuchSource } from './credentials.ts';

/** Meta tells of up to a thousand leads at once. */
const MOST_BODY_BYTES = 1024 * 1024;
/** Of a database's ten connections, intake uses this many: a flood of leads never stops a pull. */
const AT_ONCE = 4;
const MOST_WAITING = 200;

const NAME = /^[a-z][a-z0-9_-]{0,39}$/;

/** The third door: `POST /intake/v1/<source>`, for leads. */
export function intake(app: FastifyInstance, context: Context, limits: Limits): void {
  const gate = createGate(AT_ONCE, MOST_WAITING);

  /** The source of the address, or a refusal that does not tell whether there is one. */
  const open = async (request: FastifyRequest<{ Params: { source: string } }>) => {
    const { source: nom } = request.params;
    const database = NAME.test(nom) ? await context.databases.ofSource(nom) : undefined;
    const source = database && (await findSource(database.db, nom));
    if (!database || !source) throw noSuchSource();
    note(request, { source: nom, database: database.nom });
    return { database, source };
  };

  app.all<{ Params: { source: string } }>(
    '/intake/v1/:source',
    { bodyLimit: MOST_BODY_BYTES, onRequest: readAnyBody },
    async (request, reply) => {
      try {
        await refuseGuessing(limits, request);
        const { database, source } = await open(request);
        reply.headers(corsHeaders(source, request.headers.origin));
        if (request.method === 'OPTIONS' && source.origins) {
          return reply.code(204).headers(PREFLIGHT_HEADERS).send();
        }
        if (request.method === 'GET' && source.channel === 'meta')
          return verify(source, request, reply);
        if (request.method !== 'POST') {
          throw new Refusal('method_not_allowed', 'Leads are sent with POST.');
        }
        const door = channelDoors.get(source.channel);
        if (!door) throw noSuchSource();
        await door({ context, limits, database, source, request, reply, gate });
        return reply;
      } catch (error) {
        throw await counted(limits, request, error);
      }
    },
  );
}

/** A failed attempt to show a token counts by address; too many are slowed. */
async function counted(limits: Limits, request: FastifyRequest, error: unknown): Promise<unknown> {
  if (!(error instanceof Refusal) || error.status !== 401) return error;
  const { retryAfter } = await limits.countFailure(request.ip);
  return retryAfter === undefined ? error : tooManyFailures(retryAfter);
}

async function refuseGuessing(limits: Limits, request: FastifyRequest): Promise<void> {
  const { retryAfter } = await limits.failures(request.ip);
  if (retryAfter !== undefined) throw tooManyFailures(retryAfter);
}

const tooManyFailures = (seconds: number) =>
  new Refusal('rate_limited', 'Too many failed attempts.', seconds);

/**
 * Lets the body be read as bytes whatever its Content-Type says, a malformed one included; what it
 * said is still among the raw headers.
 */
const readAnyBody = async (request: FastifyRequest): Promise<void> => {
  request.headers['content-type'] = 'application/octet-stream';
};

/** Answers Meta, which asks once whether the address is ours: the challenge goes back as text. */
function verify(source: Source, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const asked = readVerification(request.query as Record<string, unknown>);
  if (!asked) throw new Refusal('invalid_request', 'This is no verification by Meta.');
  assertToken(source, asked.token);
  return reply
    .headers({ 'X-Content-Type-Options': 'nosniff' })
    .type('text/plain; charset=utf-8')
    .send(asked.challenge);
}
