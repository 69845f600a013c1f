import { type OperatorOperation, operatorOperations } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { operatorHandlers } from '../../operations/operator/index.ts';
import type { DatabaseCall, PublicCall, StaffCall } from '../../operations/operatorCall.ts';
import { Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { addressOf } from '../address.ts';
import { readParameters } from '../dispatch.ts';
import { parseBody } from '../json.ts';
import type { Limits } from '../limits.ts';
import { sendJson } from '../reply.ts';
import { note } from '../requestLog.ts';
import { subscriberOf } from '../subscriber.ts';
import { chosenDatabase } from './database.ts';
import { assertJson, assertOwnOrigin, ownOrigin } from './origin.ts';
import { endCookie, presentedSession, startCookie } from './session.ts';
import { assertTwoFactor, signedIn } from './signedIn.ts';

type AnyHandler = (call: PublicCall, parameters: Record<string, unknown>) => Promise<unknown>;

// A Map, not an object: `constructor` and `__proto__` are names of no operation.
const bound = new Map<string, { operation: OperatorOperation; run: AnyHandler }>(
  Object.values(operatorOperations).map((operation) => [
    operation.name,
    { operation, run: operatorHandlers[operation.name] as AnyHandler },
  ]),
);

/** The console's door: `POST /operator/v1`, for people of the agency who are signed in. */
export function operatorApi(app: FastifyInstance, context: Context, limits: Limits): void {
  app.post('/operator/v1', async (request, reply) => {
    assertOwnOrigin(ownOrigin(context.config, request), request);
    assertJson(request);
    const body = parseBody(request.body);
    const text = await answer(context, limits, request, reply, body);
    sendJson(reply, 200, text);
    return reply;
  });
}

/** The checks, in this order: session, operation, second factor, role, database, parameters. */
async function answer(
  context: Context,
  limits: Limits,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Record<string, unknown>,
): Promise<string> {
  const address = addressOf(request);
  const own: PublicCall = {
    context,
    address,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
    origin: ownOrigin(context.config, request),
    presented: presentedSession(context.config, request),
    guess: async (kind, whose) => {
      const guess = await limits.countGuess(kind, subscriberOf(address), whose);
      if (guess.retryAfter !== undefined) {
        throw new Refusal('rate_limited', 'Too many attempts.', guess.retryAfter);
      }
      return guess.right;
    },
    startSession: (token, seconds) => startCookie(context.config, reply, token, seconds),
    endSession: () => endCookie(context.config, reply),
  };
  const found = typeof body.operation === 'string' ? bound.get(body.operation) : undefined;
  if (found?.operation.access === 'anyone') {
    note(request, { operation: found.operation.name });
    return run(found, own, body);
  }
  // Nobody without a session learns which operations there are.
  const session = await signedIn(context, limits, request, reply);
  if (!found) throw new Refusal('unknown_operation', 'Unknown operation.');
  const { operation } = found;
  note(request, { operation: operation.name });
  if (!operation.beforeTwoFactor) assertTwoFactor(context, session.staff);
  if (!operation.access.includes(session.staff.role)) {
    throw new Refusal('role_not_allowed', `Your role does not allow "${operation.title}".`);
  }
  const staffCall: StaffCall = { ...own, ...session };
  if (!operation.database) return run(found, staffCall, body);

  const database = await chosenDatabase(context, body.database);
  note(request, { database: database.nom });
  const prospects = new Set<number>();
  const call: DatabaseCall = {
    ...staffCall,
    database,
    saw: (ids) => {
      for (const id of ids) prospects.add(id);
    },
  };
  const text = await run(found, call, body);
  if (prospects.size > 0) {
    await writeAudit(database.db, {
      actor: call.actor,
      act: 'person.read',
      target: `operation:${operation.name}`,
      detail: { prospects: [...prospects] },
    });
  }
  return text;
}

async function run(
  { operation, run: handler }: { operation: OperatorOperation; run: AnyHandler },
  call: PublicCall,
  body: Record<string, unknown>,
): Promise<string> {
  return JSON.stringify(await handler(call, readParameters(operation, body)));
}
