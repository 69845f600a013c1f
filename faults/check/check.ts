import type { Audit } from '../audit.ts';
import type { Call, Entry } from '../history.ts';
import type { Plan } from '../plan.ts';
import { checkAnswered } from './answered.ts';
import { checkCommitted } from './committed.ts';
import { type Heard, type Known, keyedRequestOf, knownBefore } from './known.ts';
import { checkRefused } from './refused.ts';
import { openReport, type Violated, type Violation } from './report.ts';

export type Verdict = Readonly<Heard['totals']> & {
  readonly violations: readonly Violation[];
  /** How many requests were refused, by the operation and `Error-Code`. */
  readonly refusals: ReadonlyMap<string, number>;
};

/**
 * Says what of I1 to I12 (docs/faults.md) does not hold: of the history of all requests with their
 * answers, in the order in which they ended, and of what PostgreSQL holds in the end.
 */
export function check(plan: Plan, history: Iterable<Entry>, audit: Audit): Verdict {
  const { violated, violations } = openReport();
  const known = knownBefore(plan, audit);
  const { heard } = known;
  for (const entry of history) {
    if (entry.kind === 'key ended') heard.ended.set(entry.key, entry.to);
    else if (entry.kind === 'noticed') violated('server', entry.what);
    else if (entry.kind === 'call') checkCall(known, entry, violated);
    else if (entry.keyed) heard.keyed.add(entry.key);
  }
  checkCommitted(known, violated);
  return { violations: violations(), refusals: heard.refusals, ...heard.totals };
}

function checkCall(known: Known, call: Call, violated: Violated): void {
  const { heard } = known;
  heard.totals.calls += 1;
  noteRequest(heard, call);
  if (call.outcome === 'unknown') {
    heard.totals.unknown += 1;
  } else if (call.outcome === 'fail') {
    const name = `${call.operation} ${call.code}`;
    heard.refusals.set(name, (heard.refusals.get(name) ?? 0) + 1);
    checkRefused(call, violated);
  } else if (call.operation === 'lead') checkAdmitted(known, call, violated);
  else if (call.answer) checkAnswered(known, call, call.answer, violated);
}

/** Notes when an idempotency key was first sent, and what may have been made though no answer came. */
function noteRequest(heard: Heard, call: Call): void {
  if (call.idempotencyKey !== undefined) {
    const request = keyedRequestOf(heard, call);
    request.from = Math.min(request.from, call.from);
  }
  // A server that lost PostgreSQL after COMMIT says 503, and can't know whether it was made.
  const maybe = call.outcome === 'unknown' || call.status === 503;
  if (maybe && call.key !== undefined && call.operation === 'pullContacts') {
    const calls = heard.lost.get(call.key) ?? [];
    calls.push({ from: call.from, to: call.to });
    heard.lost.set(call.key, calls);
  }
}

/** I5: a lead that was acknowledged is there, as it was acknowledged. */
function checkAdmitted({ leads, actions }: Known, call: Call, violated: Violated): void {
  const { externalId, action, outcome } = call.lead ?? {};
  const kept = leads.get(externalId ?? '');
  if (!kept) violated('I5', `lead ${externalId} was acknowledged, and is not there`);
  else if (kept.action !== (action ?? null))
    violated('I5', `lead ${externalId} has another action`);
  else if (kept.outcome !== outcome) violated('I5', `lead ${externalId} is ${kept.outcome}`);
  else if (action !== undefined && !actions.has(action)) violated('I5', `no action ${action}`);
}
