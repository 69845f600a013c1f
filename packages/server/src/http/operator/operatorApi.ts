import { type OperatorOperation, operatorOperations } from '@relais/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { operatorHandlers } from '../../operations/operator/index.ts';
import type { DatabaseCall, PublicCall, StaffCall } from '../../operations/operatorCall.ts';
import { Refusal } from '../../refusal.ts';
import { writeAudit } from '../../store/audit.ts';
import { readParameters } from '../dispatch.ts';
import { parseBody } from '../json.ts';
import type { Limits } from '../limits.ts';
import { sendJson } from '../reply.ts';
import { note } from '../requestLog.ts';
import { chosenDatabase } from './database.ts';
import { assertOwnOrigin } from './origin.ts';
import { endCookie, sessionCookie, sessionOf, startCookie } from './session.ts';

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
    assertOwnOrigin(context.config, request);
    const body = parseBody(request.body);
    const text = await answer(context, limits, request, reply, body);
    sendJson(reply, 200, text);
    return reply;
  });
}

/** The checks, in this order: session, operation, role, database, parameters. */
async function answer(
  context: Context,
  limits: Limits,
  request: FastifyRequest,
  reply: FastifyReply,
  body: Record<string, unknown>,
): Promise<string> {
  const own: PublicCall = {
    context,
    address: request.ip,
    userAgent: String(request.headers['user-agent'] ?? '').slice(0, 200),
    startSession: (token, seconds) => startCookie(context.config, reply, token, seconds),
    endSession: () => endCookie(context.config, reply),
  };
  const found = typeof body.operation === 'string' ? bound.get(body.operation) : undefined;
  if (found?.operation.access === 'anyone') {
    note(request, { operation: found.operation.name });
    return run(found, own, body);
  }
  // Nobody without a session learns which operations there are.
  const session = await sessionOf(context, sessionCookie(context.config, request));
  note(request, { staff: session.staff.id });
  const allowance = await limits.countStaff(session.staff.id);
  reply.headers(allowance.headers);
  if (allowance.retryAfter !== undefined) {
    throw new Refusal('rate_limited', 'Too many requests.', allowance.retryAfter);
  }
  if (!found) throw new Refusal('unknown_operation', 'Unknown operation.');
  const { operation } = found;
  note(request, { operation: operation.name });
  if (!operation.access.includes(session.staff.role)) {
    throw new Refusal('role_not_allowed', `Your role does not allow "${operation.title}".`);
  }
  const staffCall: StaffCall = { ...own, ...session, actor: `staff:${session.staff.id}` };
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
