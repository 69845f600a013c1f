import type { AuditedPull } from '../audit.ts';
import type { Known } from './known.ts';
import type { Violated } from './report.ts';
import { TOLERANCE, within } from './within.ts';

/** Longer than a server may go on with a request whose client has gone. */
const AFTERWARDS = 20_000;

/** Looks at what PostgreSQL holds in the end, when all of the history was heard. */
export function checkCommitted(known: Known, violated: Violated): void {
  const pullOf = checkItems(known, violated);
  checkActions(known, pullOf, violated);
  checkTurns(known, violated);
  checkUndelivered(known, violated);
  checkLastLooks(known, violated);
  const { idleTransactions } = known.audit;
  if (idleTransactions > 0) violated('server', `${idleTransactions} transactions are left open`);
}

/** I1, I10: items of pulls. Gives the pull of each contact. */
function checkItems({ plan, audit, actions }: Known, violated: Violated): Map<number, string> {
  const pullOf = new Map<number, string>();
  for (const own of audit.pulls) {
    if (own.ids.length !== own.contacts) {
      violated('I10', `${own.id} says ${own.contacts} and has ${own.ids.length} items`);
    }
    for (const id of own.ids) {
      const other = pullOf.get(id);
      if (other !== undefined) violated('I1', `${id} is an item of ${other} and of ${own.id}`);
      pullOf.set(id, own.id);
      const { statut, client, pull, pulledAt } = actions.get(id) ?? {};
      if (pull !== own.id || client !== own.client || statut !== plan.pulled) {
        violated(
          'I10',
          `${id} is an item of ${own.id}, and its action says ${statut} ${client} ${pull}`,
        );
      } else if (pulledAt !== own.pulledAt) {
        violated('I10', `${id} has another pulled_at than ${own.id}`);
      }
    }
  }
  return pullOf;
}

/** I9, I10: actions, in the reach of clients and beyond. */
function checkActions(
  { plan, audit }: Known,
  pullOf: ReadonlyMap<number, string>,
  violated: Violated,
): void {
  for (const action of audit.actions) {
    const reached = plan.clients.some(({ regions }) => regions.includes(action.region));
    if (reached && action.statut === plan.ready) violated('I9', `${action.id} is still ready`);
    if (!reached && (action.pull !== null || action.statut === plan.pulled)) {
      violated('I9', `${action.id} is outside every scope, and was touched`);
    }
    if (action.pull !== null && pullOf.get(action.id) !== action.pull) {
      violated('I10', `${action.id} says that it is in ${action.pull}, whose item it is not`);
    }
  }
}

/** I7, I11: pulls of one client come one after another, none after the end of its key. */
function checkTurns({ plan, audit, actions, heard }: Known, violated: Violated): void {
  const last = new Map<number, AuditedPull>();
  for (const own of audit.pulls) {
    const before = last.get(own.client);
    last.set(own.client, own);
    if (own.seq !== (before?.seq ?? 0) + 1) {
      violated('I7', `pull ${own.seq} of client ${own.client} follows ${before?.seq ?? 0}`);
    }
    const back = (before?.pulledAt ?? 0) - own.pulledAt;
    if (back > 0 && (plan.clock.length === 0 || back <= 60_000)) {
      violated('I7', `pulled_at goes back by ${back} ms at ${own.id}`);
    }
    const end = heard.ended.get(own.key);
    if (end !== undefined && own.pulledAt > end + TOLERANCE && plan.clock.length === 0) {
      violated('I11', `${own.id} was made ${own.pulledAt - end} ms after its key had ended`);
    }
  }
  // Each takes what is oldest.
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

/** I8: a pull of which its client has never heard is one whose answer was lost. */
function checkUndelivered({ plan, audit, heard }: Known, violated: Violated): void {
  const unheard = audit.pulls.filter(
    ({ id, contacts }) => contacts > 0 && !heard.delivered.has(id),
  );
  for (const [key, own] of Map.groupBy(unheard, (pull) => pull.key)) {
    if (heard.keyed.has(key)) {
      for (const { id } of own) {
        violated('I8', `${id} was retried until it was answered, and never delivered`);
      }
      continue;
    }
    const calls = heard.lost.get(key) ?? [];
    if (own.length > calls.length) {
      violated('I8', `${own.length} pulls of ${key} were not delivered, ${calls.length} were lost`);
    }
    for (const { id, pulledAt } of own) {
      if (!calls.some(({ from, to }) => within(plan, pulledAt, from, to + AFTERWARDS))) {
        violated('I8', `${id} was not delivered, and no request of that time was lost`);
      }
    }
  }
}

/** I6: a client is shown all that it has pulled, and nothing else. */
function checkLastLooks({ plan, audit, actions, heard }: Known, violated: Violated): void {
  for (const client of plan.clients) {
    const seen = heard.lastLook.get(client.nom);
    if (!seen) continue;
    const own = audit.actions.filter((action) => action.client === client.id);
    const missing = own.filter(({ id }) => !seen.has(id));
    if (missing.length) violated('I6', `${client.nom} is not shown ${missing.map(({ id }) => id)}`);
    for (const id of seen) {
      if (actions.get(id)?.client !== client.id) violated('I6', `${client.nom} is shown ${id}`);
    }
  }
}
