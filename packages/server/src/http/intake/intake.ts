import { limits as allowed, plainName } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createGate } from '../../concurrency/gate.ts';
import { perDatabase } from '../../concurrency/perDatabase.ts';
import type { Context } from '../../context.ts';
import { readVerification } from '../../intake/meta/notification.ts';
import { Refusal } from '../../refusal.ts';
import { findSource, type Source } from '../../store/sources.ts';
import { addressOf } from '../address.ts';
import type { Limits } from '../limits.ts';
import { note } from '../requestLog.ts';
import { channelDoors } from './channels.ts';
import { corsHeaders, PREFLIGHT_HEADERS } from './cors.ts';
import { assertToken, noSuchSource } from './credentials.ts';

/** Of a database's ten connections, intake uses this many: a flood of leads never stops a pull. */
const AT_ONCE = 4;
/** One source alone uses fewer: where its leads wait for a locked programme, others still come in. */
const EACH_AT_ONCE = 3;
const MOST_WAITING = 200;

type IntakeRequest = FastifyRequest<{ Params: { source: string } }>;

/** The third door: `POST /intake/v1/<source>`, for leads. */
export function intake(app: FastifyInstance, context: Context, limits: Limits): void {
  // One for each database: one that is slow holds up its own sources alone.
  const gateOf = perDatabase(() => createGate(AT_ONCE, MOST_WAITING, { each: EACH_AT_ONCE }));

  /** The source of the address, or undefined. To look for it is work that has to wait its turn. */
  const find = async (request: IntakeRequest) => {
    const { source: nom } = request.params;
    const database = plainName.test(nom) ? await context.databases.ofSource(nom) : undefined;
    if (!database) return undefined;
    const gate = gateOf(database);
    const source = await gate.pass(() => findSource(database.db, nom), nom);
    if (!source) return undefined;
    note(request, { source: nom, database: database.nom });
    return { database, gate, source };
  };

  const answer = async (request: IntakeRequest, reply: FastifyReply): Promise<unknown> => {
    if (request.method === 'OPTIONS')
      return preflight((await find(request))?.source, request, reply);
    // Any other method is no question to a source: none is looked for.
    const asked =
      request.method === 'GET' && readVerification(request.query as Record<string, unknown>);
    if (asked) return verify((await find(request))?.source, asked, reply);
    if (request.method !== 'POST') throw methodNotAllowed();

    const found = await find(request);
    const door = found && channelDoors.get(found.source.channel);
    if (!door) throw noSuchSource();
    reply.headers(corsHeaders(found.source, request.headers.origin));
    return door({ ...found, context, limits, request, reply });
  };

  app.all(
    '/intake/v1/:source',
    { bodyLimit: allowed.leadBodyBytes, onRequest: readAnyBody },
    async (request: IntakeRequest, reply) => {
      try {
        await answer(request, reply);
        return reply;
      } catch (error) {
        throw await counted(limits, request, error);
      }
    },
  );
}

const methodNotAllowed = () => new Refusal('method_not_allowed', 'Leads are sent with POST.');

/**
 * A failed attempt to show a token counts by address; too many are slowed. A right token comes in
 * all the same: ad platforms send for everybody from the same addresses.
 */
async function counted(limits: Limits, request: FastifyRequest, error: unknown): Promise<unknown> {
  if (!(error instanceof Refusal) || error.status !== 401) return error;
  const { retryAfter } = await limits.countFailure(addressOf(request));
  if (retryAfter === undefined) return error;
  return new Refusal('rate_limited', 'Too many failed attempts.', retryAfter);
}

/**
 * Lets the body be read as bytes whatever its Content-Type says, a malformed one included; what it
 * said is still among the raw headers.
 */
const readAnyBody = async (request: FastifyRequest): Promise<void> => {
  request.headers['content-type'] = 'application/octet-stream';
};

/** Answers a browser that asks whether a page may send its form here. */
function preflight(
  source: Source | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (!source?.origins) throw methodNotAllowed();
  const headers = { ...corsHeaders(source, request.headers.origin), ...PREFLIGHT_HEADERS };
  return reply.code(204).headers(headers).send();
}

/** Answers Meta, which asks once whether the address is ours: the challenge goes back as text. */
function verify(
  source: Source | undefined,
  asked: { token: string; challenge: string },
  reply: FastifyReply,
): FastifyReply {
  if (source?.channel !== 'meta') throw noSuchSource();
  assertToken(source, asked.token);
  return reply
    .headers({ 'X-Content-Type-Options': 'nosniff' })
    .type('text/plain; charset=utf-8')
    .send(asked.challenge);
}
