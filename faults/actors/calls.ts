import { type Call, contentsOf, type Delivered, sha256 } from '../history.ts';
import { post } from '../rig/http.ts';
import type { HeldKey } from '../rig/setup.ts';
import type { World } from '../rig/world.ts';

/** The members of a contact that the checker looks at. */
interface Contact {
  readonly action_id: number;
  readonly ready_at: string;
  readonly region_id: number;
  readonly statut_id: number;
  readonly pulled_at: string | null;
  readonly pull_id: string | null;
}

export interface Asked {
  readonly operation: 'pullContacts' | 'readContacts' | 'getPulledContacts';
  readonly limit?: number;
  readonly regionIds?: readonly number[];
  readonly pullId?: string;
  readonly cursor?: string;
}

export interface CallOptions {
  readonly idempotencyKey?: string | undefined;
  /** Hangs up after so many milliseconds. */
  readonly abortAfter?: number | undefined;
  readonly last?: true;
  /** The `Error-Code` that must come. */
  readonly expected?: string;
}

/** A call as it went, and where the next page begins. */
export type Made = Call & { readonly next?: string };

/** Calls an operation of the Client API through a door and writes down what came of it. */
export async function callClient(
  world: World,
  key: HeldKey,
  asked: Asked,
  { idempotencyKey, abortAfter, last, expected }: CallOptions = {},
): Promise<Made> {
  const faults = new Set(world.active);
  const from = Date.now();
  const answer = await post(
    `${world.door().url}/api/v1`,
    asked,
    {
      'x-api-key': key.text,
      // Failed attempts are counted by address: nobody is slowed for what others did.
      'x-forwarded-for': address(world),
      ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    },
    abortAfter,
  ).catch(() => undefined);
  for (const fault of world.active) faults.add(fault);
  const known = {
    kind: 'call' as const,
    operation: asked.operation,
    from,
    to: Date.now(),
    client: key.client,
    key: key.id,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(asked.limit === undefined ? {} : { limit: asked.limit }),
    ...(asked.pullId === undefined ? {} : { pullId: asked.pullId }),
    ...(last ? { last } : {}),
    ...(expected === undefined ? {} : { expected }),
    faults: [...faults],
  };
  const call: Call = !answer
    ? { ...known, outcome: 'unknown' }
    : answer.status === 200
      ? { ...known, outcome: 'ok', status: 200, answer: readAnswer(answer.text, answer.headers) }
      : { ...known, outcome: 'fail', ...failure(answer) };
  world.history.write(call);
  const next = answer?.headers['next-cursor'];
  return typeof next === 'string' ? { ...call, next } : call;
}

const address = (world: World) => `10.${[1, 2, 3].map(() => world.random.whole(1, 254)).join('.')}`;

const failure = (answer: Awaited<ReturnType<typeof post>>) => ({
  status: answer.status,
  code: String(answer.headers['error-code'] ?? ''),
  error: answer.text.slice(0, 1000),
});

function readAnswer(body: string, headers: Record<string, unknown>): Delivered {
  const contacts = JSON.parse(body) as Contact[];
  const each = <Value>(read: (contact: Contact) => Value) => [...new Set(contacts.map(read))];
  const pull = headers['pull-id'];
  return {
    ...(typeof pull === 'string' ? { pull, seq: Number(headers['pull-seq']) } : {}),
    replayed: headers['idempotency-replayed'] === 'true',
    ids: contacts.map((contact) => contact.action_id),
    readyAt: contacts.map((contact) => contact.ready_at),
    regions: each((contact) => contact.region_id),
    statuts: each((contact) => contact.statut_id),
    pulledAt: each((contact) => contact.pulled_at),
    pulls: each((contact) => contact.pull_id),
    digest: sha256(body),
    contents: contentsOf(contacts),
  };
}

/** Sends a lead as a program would. */
export async function sendLead(world: World, lead: { externalId: string }): Promise<Call> {
  const from = Date.now();
  const answer = await post(`${world.door().url}/intake/v1/leads`, lead, {
    'x-source-token': world.setup.token,
  }).catch(() => undefined);
  const known = {
    ...{ kind: 'call' as const, operation: 'lead' as const, from, to: Date.now() },
    ...{ faults: [...world.active], lead: { externalId: lead.externalId } },
  };
  let call: Call = { ...known, outcome: 'unknown' };
  if (answer?.status === 200) {
    const { outcome, action_id: action } = JSON.parse(answer.text);
    call = { ...known, outcome: 'ok', status: 200, lead: { ...known.lead, outcome, action } };
  } else if (answer) call = { ...known, outcome: 'fail', ...failure(answer) };
  world.history.write(call);
  return call;
}

/** Calls an operation of the console; undefined when there was no answer, or a refusal. */
export async function callOperator<Result>(
  world: World,
  operation: string,
  parameters: object,
): Promise<Result | undefined> {
  const answer = await post(
    `${world.door().url}/operator/v1`,
    { operation, ...parameters },
    { cookie: world.setup.cookie },
  ).catch(() => undefined);
  return answer?.status === 200 ? (JSON.parse(answer.text) as Result) : undefined;
}
