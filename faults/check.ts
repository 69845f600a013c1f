import type { Audit, AuditedPull } from './audit.ts';
import type { Call, Delivered, Entry } from './history.ts';
import type { Plan } from './plan.ts';

/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

export interface Verdict {
  readonly violations: readonly Violation[];
  readonly calls: number;
  readonly unknown: number;
  /** Answers of pulls that had contacts, and the contacts in them. */
  readonly deliveries: number;
  readonly contacts: number;
  /** Repeats of an answer that had been given, or lost. */
  readonly repeats: number;
  /** How many requests were refused, by the operation and `Error-Code`. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** Of each invariant so many are told. */
const MOST = 20;
const HOUR = 3_600_000;
const WINDOW = 720 * HOUR;
/** Two clocks of one machine, and the milliseconds that are cut off. */
const TOLERANCE = 5;
/** Longer than a server may go on with a request whose client has gone. */
const AFTERWARDS = 20_000;

/** Refusals that a fault may bring about. */
const PASSING = new Set([
  'unavailable',
  'rate_limited',
  'idempotency_in_progress',
  'request_timeout',
  'api_key_revoked',
  'api_key_expired',
]);

/**
 * Says what of I1 to I12 (docs/faults.md) does not hold: of the history of all requests with their
 * answers, in the order in which they ended, and of what PostgreSQL holds in the end.
 */
export function check(plan: Plan, history: Iterable<Entry>, audit: Audit): Verdict {
  const violations: Violation[] = [];
  const counts = new Map<string, number>();
  const violated = (invariant: string, what: string) => {
    const count = (counts.get(invariant) ?? 0) + 1;
    counts.set(invariant, count);
    if (count <= MOST) violations.push({ invariant, what });
  };

  const clients = new Map(plan.clients.map((client) => [client.nom, client]));
  const pulls = new Map(audit.pulls.map((pull) => [pull.id, pull]));
  const actions = new Map(audit.actions.map((action) => [action.id, action]));
  const leads = new Map(audit.leads.map((lead) => [lead.externalId, lead]));
  const keys = new Map<string, { client: string; keyed: boolean }>();
  const ended = new Map<string, number>();
  /** When an answer with this contact had come, and by which pull. */
  const handedOut = new Map<number, { to: number; pull: string }>();
  /** By client and idempotency key: when it was first sent, and its answers by pull. */
  const logical = new Map<string, { from: number; answers: Map<string, Delivered> }>();
  const delivered = new Set<string>();
  const lost = new Map<string, { from: number; to: number }[]>();
  const lastLook = new Map<string, Set<number>>();
  const refusals = new Map<string, number>();
  const totals = { calls: 0, unknown: 0, deliveries: 0, contacts: 0, repeats: 0 };

  const answered = (call: Call, answer: Delivered) => {
    const client = clients.get(call.client ?? '');
    const said = `${call.operation} of ${call.client} at ${call.from}`;
    if (!client) return;
    // I4
    const most = call.limit ?? (call.operation === 'getPulledContacts' ? 500 : 200);
    if (answer.ids.length > most) violated('I4', `${said}: ${answer.ids.length} of ${most}`);
    if (new Set(answer.ids).size !== answer.ids.length) violated('I4', `${said}: an id twice`);
    const order = call.operation === 'getPulledContacts' ? [] : answer.readyAt;
    if (order.some((at, index) => index > 0 && at < (order[index - 1] ?? ''))) {
      violated('I4', `${said}: not in the order of the queue`);
    }
    // I3: nothing from outside the scope, whatever the operation.
    const foreign = answer.regions.filter((region) => !client.regions.includes(region));
    if (foreign.length) violated('I3', `${said}: region ${foreign}`);
    const statut = call.operation === 'readContacts' ? plan.ready : plan.pulled;
    if (answer.statuts.some((own) => own !== statut)) violated('I3', `${said}: another statut`);
    // I11
    const end = ended.get(call.key ?? '');
    if (end !== undefined && call.from > end) {
      violated('I11', `${said}: answered, and its key had ended before`);
    }
    if (call.operation === 'readContacts') read(call, answer, said);
    else if (call.operation === 'pullContacts') pull(call, answer, said, client.id);
    else pulledBefore(call, answer, said);
  };

  const read = (call: Call, answer: Delivered, said: string) => {
    for (const id of answer.ids) {
      const gone = handedOut.get(id);
      if (gone && gone.to < call.from) {
        violated('I3', `${said}: ${id} is shown as ready, and was handed out before`);
      }
    }
  };

  const pulledBefore = (call: Call, answer: Delivered, said: string) => {
    if (call.last) {
      const seen = lastLook.get(call.client ?? '') ?? new Set();
      for (const id of answer.ids) seen.add(id);
      lastLook.set(call.client ?? '', seen);
    }
    if (call.pullId) {
      const wanted = [...(pulls.get(call.pullId)?.ids ?? [])].sort();
      const got = [...answer.ids].sort();
      if (wanted.join() !== got.join())
        violated('I6', `${said}: not the contacts of ${call.pullId}`);
    }
  };

  const pull = (call: Call, answer: Delivered, said: string, client: number) => {
    let from = call.from;
    if (call.idempotencyKey !== undefined) {
      const name = `${call.client} ${call.idempotencyKey}`;
      const known = logical.get(name) ?? { from, answers: new Map<string, Delivered>() };
      logical.set(name, known);
      from = known.from;
      const id = answer.pull ?? '';
      const first = known.answers.get(id);
      if (first) {
        totals.repeats += 1;
        // I2
        if (first.digest !== answer.digest) violated('I2', `${said}: a repeat has another body`);
      } else {
        if (known.answers.size > 0 && !expired([...known.answers.keys()], id)) {
          violated('I2', `${said}: two pulls under one idempotency key`);
        }
        known.answers.set(id, answer);
        if (answer.replayed) totals.repeats += 1;
      }
    }
    if (answer.ids.length === 0) return;
    totals.deliveries += 1;
    totals.contacts += answer.ids.length;
    const id = answer.pull ?? '';
    delivered.add(id);
    for (const contact of answer.ids) {
      const before = handedOut.get(contact);
      // I1
      if (before && before.pull !== id) violated('I1', `${contact} is in ${before.pull} and ${id}`);
      if (!before) handedOut.set(contact, { to: call.to, pull: id });
    }
    // I3, I10
    const committed = pulls.get(id);
    if (!committed) violated('I3', `${said}: pull ${id} was answered, and is not there`);
    else committedAs(committed, answer, said, client);
    if (answer.pulls.some((own) => own !== id)) violated('I10', `${said}: another pull_id`);
    for (const at of answer.pulledAt) {
      const time = Date.parse(at ?? '');
      if (!within(plan, time, from, call.to)) {
        violated('I7', `${said}: pulled_at ${at} is not within the request`);
      }
    }
  };

  /** True when the pull came when an earlier one could be repeated no more. */
  const expired = (before: readonly string[], id: string) => {
    const at = pulls.get(id)?.pulledAt;
    return before.every((other) => {
      const then = pulls.get(other)?.pulledAt;
      return at !== undefined && then !== undefined && at - then >= WINDOW - TOLERANCE;
    });
  };

  const committedAs = (committed: AuditedPull, answer: Delivered, said: string, client: number) => {
    if (committed.client !== client)
      violated('I3', `${said}: ${committed.id} is of another client`);
    if (committed.ids.join() !== answer.ids.join()) {
      violated('I10', `${said}: other contacts than the items of ${committed.id}`);
    } else if (committed.contents !== answer.contents) {
      violated('I10', `${said}: other values than the items of ${committed.id}`);
    }
    if (answer.seq !== undefined && committed.seq !== answer.seq) {
      violated('I10', `${said}: another Pull-Seq than ${committed.id}`);
    }
  };

  for (const entry of history) {
    if (entry.kind === 'key made') keys.set(entry.key, entry);
    else if (entry.kind === 'key ended') ended.set(entry.key, entry.to);
    else if (entry.kind === 'noticed') violated('server', entry.what);
    else {
      totals.calls += 1;
      if (entry.idempotencyKey !== undefined) {
        const name = `${entry.client} ${entry.idempotencyKey}`;
        const known = logical.get(name);
        if (!known) logical.set(name, { from: entry.from, answers: new Map() });
        else known.from = Math.min(known.from, entry.from);
      }
      if (entry.outcome === 'unknown') totals.unknown += 1;
      // A server that lost PostgreSQL after COMMIT says 503, and can't know whether it was made.
      const maybe = entry.outcome === 'unknown' || entry.status === 503;
      if (maybe && entry.key !== undefined && entry.operation === 'pullContacts') {
        const calls = lost.get(entry.key) ?? [];
        calls.push({ from: entry.from, to: entry.to });
        lost.set(entry.key, calls);
      }
      if (entry.outcome === 'unknown') continue;
      if (entry.outcome === 'fail') {
        const name = `${entry.operation} ${entry.code}`;
        refusals.set(name, (refusals.get(name) ?? 0) + 1);
        refused(entry, violated);
      } else if (entry.operation === 'lead') admitted(entry);
      else if (entry.answer) answered(entry, entry.answer);
    }
  }

  // I5
  function admitted(call: Call): void {
    const { externalId, action, outcome } = call.lead ?? {};
    const kept = leads.get(externalId ?? '');
    if (!kept) violated('I5', `lead ${externalId} was acknowledged, and is not there`);
    else if (kept.action !== (action ?? null))
      violated('I5', `lead ${externalId} has another action`);
    else if (kept.outcome !== outcome) violated('I5', `lead ${externalId} is ${kept.outcome}`);
    else if (action !== undefined && !actions.has(action)) violated('I5', `no action ${action}`);
  }

  checkAudit();
  for (const [invariant, count] of counts) {
    if (count > MOST) violations.push({ invariant, what: `and ${count - MOST} more` });
  }
  return { violations, refusals, ...totals };

  function checkAudit(): void {
    const pullOf = new Map<number, string>();
    const unheard = new Map<string, AuditedPull[]>();
    const last = new Map<number, AuditedPull>();
    for (const own of audit.pulls) {
      if (own.ids.length !== own.contacts) {
        violated('I10', `${own.id} says ${own.contacts} and has ${own.ids.length} items`);
      }
      for (const id of own.ids) {
        const other = pullOf.get(id);
        if (other !== undefined) violated('I1', `${id} is an item of ${other} and of ${own.id}`);
        pullOf.set(id, own.id);
        const action = actions.get(id);
        if (
          action?.pull !== own.id ||
          action.client !== own.client ||
          action.statut !== plan.pulled
        ) {
          const { statut, client, pull } = action ?? {};
          violated(
            'I10',
            `${id} is an item of ${own.id}, and its action says ${statut} ${client} ${pull}`,
          );
        } else if (action.pulledAt !== own.pulledAt) {
          violated('I10', `${id} has another pulled_at than ${own.id}`);
        }
      }
      // I7
      const before = last.get(own.client);
      last.set(own.client, own);
      if (own.seq !== (before?.seq ?? 0) + 1) {
        violated('I7', `pull ${own.seq} of client ${own.client} follows ${before?.seq ?? 0}`);
      }
      const back = (before?.pulledAt ?? 0) - own.pulledAt;
      if (back > 0 && (plan.clock.length === 0 || back <= 60_000)) {
        violated('I7', `pulled_at goes back by ${back} ms at ${own.id}`);
      }
      // I11
      const end = ended.get(own.key);
      if (end !== undefined && own.pulledAt > end + TOLERANCE && plan.clock.length === 0) {
        violated('I11', `${own.id} was made ${own.pulledAt - end} ms after its key had ended`);
      }
      // I8: what a client has never heard of
      if (own.contacts > 0 && !delivered.has(own.id)) {
        if (keys.get(own.key)?.keyed) {
          violated('I8', `${own.id} was retried until it was answered, and never delivered`);
        } else unheard.set(own.key, [...(unheard.get(own.key) ?? []), own]);
      }
    }
    for (const [key, own] of unheard) {
      const calls = lost.get(key) ?? [];
      if (own.length > calls.length) {
        violated(
          'I8',
          `${own.length} pulls of ${key} were not delivered, ${calls.length} were lost`,
        );
      }
      for (const { id, pulledAt } of own) {
        if (!calls.some(({ from, to }) => within(plan, pulledAt, from, to + AFTERWARDS))) {
          violated('I8', `${id} was not delivered, and no request of that time was lost`);
        }
      }
    }
    for (const action of audit.actions) {
      const reached = plan.clients.some(({ regions }) => regions.includes(action.region));
      // I9
      if (reached && action.statut === plan.ready) violated('I9', `${action.id} is still ready`);
      if (!reached && (action.pull !== null || action.statut === plan.pulled)) {
        violated('I9', `${action.id} is outside every scope, and was touched`);
      }
      if (action.pull !== null && pullOf.get(action.id) !== action.pull) {
        violated('I10', `${action.id} says that it is in ${action.pull}, whose item it is not`);
      }
    }
    // I6
    for (const client of plan.clients) {
      const seen = lastLook.get(client.nom);
      if (!seen) continue;
      const own = audit.actions.filter((action) => action.client === client.id);
      const missing = own.filter(({ id }) => !seen.has(id));
      if (missing.length)
        violated('I6', `${client.nom} is not shown ${missing.map(({ id }) => id)}`);
      for (const id of seen) {
        if (actions.get(id)?.client !== client.id) violated('I6', `${client.nom} is shown ${id}`);
      }
    }
    inOrder();
    if (audit.idleTransactions > 0) {
      violated('server', `${audit.idleTransactions} transactions are left open`);
    }
  }

  /** I7: pulls of one client come one after another, so each takes what is oldest. */
  function inOrder(): void {
    for (const client of plan.clients.filter(({ alone }) => alone)) {
      let latest = 0;
      for (const own of audit.pulls.filter((pull) => pull.client === client.id)) {
        const times = own.ids.map((id) => actions.get(id)?.readyAt ?? 0);
        if (times.some((time) => time < latest)) {
          violated(
            'I7',
            `pull ${own.seq} of ${client.nom} has what was older than pull ${own.seq - 1}`,
          );
        }
        latest = Math.max(latest, ...times);
      }
    }
  }
}

/** I12: an answer that is not 200 has the two fields, and is one that a fault may bring about. */
function refused(call: Call, violated: (invariant: string, what: string) => void): void {
  const said = `${call.operation} of ${call.client ?? 'a source'} at ${call.from}: ${call.status} ${call.code}`;
  const wanted = PASSING.has(call.code ?? '') || call.code === call.expected;
  if (!wanted) violated('I12', said);
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(call.error ?? '');
  } catch {
    violated('I12', `${said}: no JSON`);
    return;
  }
  const { valid, error, ...more } = body;
  if (valid !== false || typeof error !== 'string' || Object.keys(more).length > 0) {
    violated('I12', `${said}: not the two fields`);
  } else if (/\bat .+:\d+|select |update |insert |node:|v\d+\.\d+\.\d+|postgres/i.test(error)) {
    violated('I12', `${said}: it tells what is inside`);
  }
}

/** Whether a time by PostgreSQL's clock, wherever that stood, lies between two times by ours. */
function within(plan: Plan, time: number, from: number, to: number): boolean {
  const stands = [{ from: 0, offset: 0 }, ...plan.clock];
  // A clock that is moved is seen a moment later, and is held for up to a minute when it goes back.
  const tolerance = plan.clock.length > 0 ? 1_000 : TOLERANCE;
  return stands.some((stand, index) => {
    const until = stands[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const least = Math.max(from, stand.from - tolerance) + stand.offset - tolerance;
    const most = Math.min(to, until + tolerance) + stand.offset + tolerance;
    return least <= time && time <= most;
  });
}
