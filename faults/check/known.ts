import type { Audit, AuditedAction, AuditedPull } from '../audit.ts';
import type { Call, Delivered } from '../history.ts';
import type { Plan } from '../plan.ts';

/** What the checker goes by: the plan, what PostgreSQL holds in the end, what was heard so far. */
export interface Known {
  readonly plan: Plan;
  readonly audit: Audit;
  readonly clients: ReadonlyMap<string, Plan['clients'][number]>;
  readonly pulls: ReadonlyMap<string, AuditedPull>;
  readonly actions: ReadonlyMap<number, AuditedAction>;
  readonly leads: ReadonlyMap<string, Audit['leads'][number]>;
  readonly heard: Heard;
}

/** What is sent under an idempotency key: when first, and its answers by pull. */
interface KeyedRequest {
  from: number;
  readonly answers: Map<string, Delivered>;
}

/** What the history has told so far. */
export interface Heard {
  /** Keys with which every pull has an idempotency key. */
  readonly keyed: Set<string>;
  /** When the end of a key had returned. */
  readonly ended: Map<string, number>;
  /** When an answer with this contact had come, and by which pull. */
  readonly handedOut: Map<number, { to: number; pull: string }>;
  /** By client and idempotency key. */
  readonly keyedRequests: Map<string, KeyedRequest>;
  /** Pulls whose answer has come. */
  readonly delivered: Set<string>;
  /** By key: pulls that may have been made although no answer came. */
  readonly lost: Map<string, { from: number; to: number }[]>;
  /** By client: what it was shown when it last looked at everything that it has pulled. */
  readonly lastLook: Map<string, Set<number>>;
  /** How many requests were refused, by the operation and `Error-Code`. */
  readonly refusals: Map<string, number>;
  readonly totals: {
    calls: number;
    unknown: number;
    /** Answers of pulls that had contacts, and the contacts in them. */
    deliveries: number;
    contacts: number;
    /** Repeats of an answer that had been given, or lost. */
    repeats: number;
  };
}

export const knownBefore = (plan: Plan, audit: Audit): Known => ({
  plan,
  audit,
  clients: new Map(plan.clients.map((client) => [client.nom, client])),
  pulls: new Map(audit.pulls.map((pull) => [pull.id, pull])),
  actions: new Map(audit.actions.map((action) => [action.id, action])),
  leads: new Map(audit.leads.map((lead) => [lead.externalId, lead])),
  heard: {
    keyed: new Set(),
    ended: new Map(),
    handedOut: new Map(),
    keyedRequests: new Map(),
    delivered: new Set(),
    lost: new Map(),
    lastLook: new Map(),
    refusals: new Map(),
    totals: { calls: 0, unknown: 0, deliveries: 0, contacts: 0, repeats: 0 },
  },
});

/** The request that a call with an idempotency key is, known from the first such call on. */
export function keyedRequestOf({ keyedRequests }: Heard, call: Call): KeyedRequest {
  const name = `${call.client} ${call.idempotencyKey}`;
  const request = keyedRequests.get(name) ?? { from: call.from, answers: new Map() };
  keyedRequests.set(name, request);
  return request;
}
