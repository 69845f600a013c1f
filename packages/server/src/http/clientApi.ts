import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createGate } from '../concurrency/gate.ts';
import type { Context } from '../context.ts';
import { refusalOf } from '../failure.ts';
import { assertAllowed } from '../keys/authorise.ts';
import { Refusal } from '../refusal.ts';
import { addressOf } from './address.ts';
import { authenticate, presentedKey } from './authenticate.ts';
import { findOperation, readParameters } from './dispatch.ts';
import { idempotencyKeyOf, refuseMisspeltKey } from './idempotencyKey.ts';
import { parseBody } from './json.ts';
import type { Limits } from './limits.ts';
import { createOperate, type Operate } from './operate.ts';
import { createPace } from './pace.ts';
import { sendable, sendBytes } from './reply.ts';
import { note } from './requestLog.ts';
import { rehearse } from './scenarios.ts';

/**
 * How many requests are being answered at once. Whoever comes beyond that is sent away before their
 * body is looked at: what is accepted takes as long as so many take, however many more there are.
 */
const MOST_AT_ONCE = 80;

/** How long a caller who is slow to read counts as one who is being answered, milliseconds. */
const LINGER = 1_000;

/** Settles when an answer was handed to the system whole, or its reader has had their time. */
function written({ raw }: FastifyReply): Promise<void> {
  if (raw.writableFinished || raw.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LINGER);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    raw.once('finish', done).once('close', done);
  });
}

/** The Client API: `POST /api/v1`. */
export function clientApi(app: FastifyInstance, context: Context, limits: Limits): void {
  const operate = createOperate();
  const door = createGate(MOST_AT_ONCE, 0);
  const pace = createPace();
  const onRequest = async (request: FastifyRequest, reply: FastifyReply) => {
    // Until the key is known, the limit that applies is the one of failed attempts.
    reply.headers(limits.failures(addressOf(request)).headers);
    // The body is JSON whatever its Content-Type says, a malformed one included.
    request.headers['content-type'] = 'application/json';
  };
  app.all('/api/v1', { onRequest }, async (request, reply) => {
    if (request.method !== 'POST') {
      throw new Refusal('method_not_allowed', 'The API answers POST only.');
    }
    try {
      await door.pass(async () => {
        await answer(context, limits, operate, request, reply);
        await written(reply);
      });
    } catch (error) {
      if (refusalOf(error)?.code === 'unavailable') await pace();
      throw error;
    }
    return reply;
  });
}

/** The checks in the order that the contract promises, then the operation. */
async function answer(
  context: Context,
  limits: Limits,
  operate: Operate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const body = parseBody(request.body);
  const { allowance, ...who } = await identify(context, limits, request, reply, body);
  const { database, key } = who;
  if (key.environment === 'test') reply.header('Environment', 'test');

  const found = findOperation(body);
  const { name } = found.operation;
  note(request, { operation: name });
  const address = addressOf(request);
  context.deferred.used(database, key.id, address, name);
  assertAllowed(key, name, address);
  if ('idempotencyKey' in found.operation.request.shape) {
    const given = idempotencyKeyOf(request.headers['idempotency-key'], body.idempotencyKey);
    if (given === undefined) refuseMisspeltKey(name, body);
    else body.idempotencyKey = given;
  }
  const parameters = readParameters(found.operation, body);
  if (allowance.retryAfter !== undefined) {
    throw new Refusal('rate_limited', 'Too many requests.', allowance.retryAfter);
  }

  const { socket } = request.raw;
  const call = { database, key, address, gone: () => socket.destroyed };
  const rehearsal = await rehearse(call, body.scenario, { name, ...parameters });
  const { pull, body: sent, headers } = await operate(found, { ...call, ...who }, parameters);
  if (rehearsal?.loses) {
    reply.hijack();
    socket.destroy();
    return;
  }
  if (pull) {
    note(request, { pull });
    reply.raw.once('finish', () => {
      if (!socket.destroyed) context.deferred.written(database, pull);
    });
  }
  sendBytes(
    reply,
    200,
    rehearsal ? sendable(rehearsal.altered(String(sent)), headers) : { body: sent, headers },
  );
}

/** Whose request it is, and where they stand with their limit. Failures count by address. */
async function identify(
  context: Context,
  limits: Limits,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Record<string, unknown>,
) {
  try {
    const text = presentedKey(request.headers['x-api-key'], body);
    const who = await authenticate(context, text);
    const { database, key } = who;
    note(request, { key: key.id, client: key.id_client, database: database.nom });
    const allowance = await limits.countRequest(key.id);
    reply.headers(allowance.headers);
    return { ...who, allowance };
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401) throw error;
    const failures = await limits.countFailure(addressOf(request));
    reply.headers(failures.headers);
    if (failures.retryAfter === undefined) throw error;
    throw new Refusal('rate_limited', 'Too many failed attempts.', failures.retryAfter);
  }
}
