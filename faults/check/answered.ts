import type { AuditedPull } from '../audit.ts';
import type { Call, Delivered } from '../history.ts';
import { type Known, keyedRequestOf } from './known.ts';
import type { Violated } from './report.ts';
import { TOLERANCE, within } from './within.ts';

const HOUR = 3_600_000;
/** For so long a pull can be repeated. */
const WINDOW = 720 * HOUR;

/** Looks at the contacts of an answer, and notes them. */
export function checkAnswered(
  known: Known,
  call: Call,
  answer: Delivered,
  violated: Violated,
): void {
  const { plan, heard } = known;
  const client = known.clients.get(call.client ?? '');
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
  const end = heard.ended.get(call.key ?? '');
  if (end !== undefined && call.from > end) {
    violated('I11', `${said}: answered, and its key had ended before`);
  }
  const about = { known, call, answer, said, violated };
  if (call.operation === 'readContacts') checkRead(about);
  else if (call.operation === 'pullContacts') checkPull(about, client.id);
  else checkPulledBefore(about);
}

interface About {
  readonly known: Known;
  readonly call: Call;
  readonly answer: Delivered;
  /** Which answer it is, in words. */
  readonly said: string;
  readonly violated: Violated;
}

function checkRead({ known, call, answer, said, violated }: About): void {
  for (const id of answer.ids) {
    const gone = known.heard.handedOut.get(id);
    if (gone && gone.to < call.from) {
      violated('I3', `${said}: ${id} is shown as ready, and was handed out before`);
    }
  }
}

function checkPulledBefore({ known, call, answer, said, violated }: About): void {
  const { lastLook } = known.heard;
  if (call.last) {
    const seen = lastLook.get(call.client ?? '') ?? new Set();
    for (const id of answer.ids) seen.add(id);
    lastLook.set(call.client ?? '', seen);
  }
  if (call.pullId) {
    const wanted = [...(known.pulls.get(call.pullId)?.ids ?? [])].sort();
    const got = [...answer.ids].sort();
    if (wanted.join() !== got.join()) violated('I6', `${said}: not the contacts of ${call.pullId}`);
  }
}

function checkPull(about: About, client: number): void {
  const { known, call, answer, said, violated } = about;
  const { totals, delivered, handedOut } = known.heard;
  const from = call.idempotencyKey === undefined ? call.from : checkRepeat(about);
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
  const committed = known.pulls.get(id);
  if (!committed) violated('I3', `${said}: pull ${id} was answered, and is not there`);
  else checkCommittedAs(committed, client, about);
  if (answer.pulls.some((own) => own !== id)) violated('I10', `${said}: another pull_id`);
  for (const at of answer.pulledAt) {
    const time = Date.parse(at ?? '');
    if (!within(known.plan, time, from, call.to)) {
      violated('I7', `${said}: pulled_at ${at} is not within the request`);
    }
  }
}

/** I2: a repeat is the same. Gives when its idempotency key was first sent. */
function checkRepeat({ known, call, answer, said, violated }: About): number {
  const { totals } = known.heard;
  const request = keyedRequestOf(known.heard, call);
  const id = answer.pull ?? '';
  const first = request.answers.get(id);
  if (first) {
    totals.repeats += 1;
    if (first.digest !== answer.digest) violated('I2', `${said}: a repeat has another body`);
  } else {
    if (request.answers.size > 0 && !expired(known, [...request.answers.keys()], id)) {
      violated('I2', `${said}: two pulls under one idempotency key`);
    }
    request.answers.set(id, answer);
    if (answer.replayed) totals.repeats += 1;
  }
  return request.from;
}

/** True when the pull came when an earlier one could be repeated no more. */
function expired({ pulls }: Known, before: readonly string[], id: string): boolean {
  const at = pulls.get(id)?.pulledAt;
  return before.every((other) => {
    const then = pulls.get(other)?.pulledAt;
    return at !== undefined && then !== undefined && at - then >= WINDOW - TOLERANCE;
  });
}

function checkCommittedAs(
  committed: AuditedPull,
  client: number,
  { answer, said, violated }: About,
): void {
  if (committed.client !== client) violated('I3', `${said}: ${committed.id} is of another client`);
  if (committed.ids.join() !== answer.ids.join()) {
    violated('I10', `${said}: other contacts than the items of ${committed.id}`);
  } else if (committed.contents !== answer.contents) {
    violated('I10', `${said}: other values than the items of ${committed.id}`);
  }
  if (answer.seq !== undefined && committed.seq !== answer.seq) {
    violated('I10', `${said}: another Pull-Seq than ${committed.id}`);
  }
}
