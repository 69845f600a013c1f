import type { Case } from './cases.ts';
import { casesOf } from './cases.ts';
import { judge } from './judge.ts';
import { type Sent, sendCase } from './sendCase.ts';
import type { World } from './world.ts';

/** An answer that is not as the contract says, with what brings it about again. */
interface Violation {
  readonly faults: readonly string[];
  readonly door: string;
  readonly name: string;
  /** The case's place in its batch, and the batch's seed. */
  readonly at: string;
  readonly request: string;
  readonly answer: string;
}

/** What came of a run. */
export interface Report {
  readonly seed: number;
  bodies: number;
  /** How often each status was answered. */
  readonly statuses: Map<number, number>;
  /** How often each `Error-Code` was; `unavailable` with its door and sentence. */
  readonly codes: Map<string, number>;
  /** Operations and channels that were answered 200, and how often. */
  readonly succeeded: Map<string, number>;
  /** Contacts that pulls handed out. */
  contacts: number;
  /** The first hundred; `violated` counts them all. */
  readonly violations: Violation[];
  violated: number;
  /** Milliseconds that /healthz took at the most. */
  slowestHealth: number;
}

const BATCH = 1_000;
const AT_ONCE = 12;
const SHOWN = 100;

const count = <Key>(map: Map<Key, number>, key: Key) => map.set(key, (map.get(key) ?? 0) + 1);

/**
 * Sends `bodies` requests of one seed, some at once, and judges every answer. After each batch the
 * server has to be the same process, and healthy.
 */
export async function fuzz(
  world: World,
  { seed, bodies, say }: { seed: number; bodies: number; say?: (sentence: string) => void },
): Promise<Report> {
  const report: Report = {
    ...{ seed, bodies: 0, contacts: 0, violated: 0, slowestHealth: 0, violations: [] },
    ...{ statuses: new Map(), codes: new Map(), succeeded: new Map() },
  };
  for (let batch = 0; report.bodies < bodies; batch += 1) {
    const own = seed + batch;
    const cases = casesOf(own, Math.min(BATCH, bodies - report.bodies));
    let next = 0;
    const work = async () => {
      for (let at = next++; at < cases.length; at = next++) {
        const one = cases[at] as Case;
        const sent = await sendCase(world, one);
        note(world, report, one, sent, `seed ${own} case ${at}`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    report.bodies += cases.length;
    await assertHealthy(world, report);
    await world.refresh();
    say?.(`${report.bodies} bodies, ${report.violated} violations`);
  }
  return report;
}

function note(world: World, report: Report, one: Case, sent: Sent, at: string): void {
  const { answer } = sent;
  if (answer) {
    count(report.statuses, answer.status);
    const code = answer.headers['error-code'];
    if (typeof code === 'string') {
      // Why it was busy is of interest: an answer of another cause may hide behind it.
      const why = code === 'unavailable' ? ` at ${one.door}: ${answer.body.toString()}` : '';
      count(report.codes, code + why);
    }
    if (answer.status === 200) {
      count(report.succeeded, `${one.door} ${one.name}`);
      learn(world, report, one, answer.body.toString(), answer.headers);
    }
  }
  const faults = judge(one, sent);
  if (faults.length === 0) return;
  report.violated += 1;
  if (report.violations.length >= SHOWN) return;
  report.violations.push({
    ...{ faults, at, door: one.door, name: `${one.name} (${one.kind}, ${one.who})` },
    request: `${one.method} ${one.path} ${JSON.stringify(sent.headers)} ${sent.body.toString('latin1').slice(0, 400)}`,
    answer: answer ? `${answer.status} ${answer.body.toString().slice(0, 300)}` : 'none',
  });
}

const KEPT = 20;

/** Keeps ids and cursors of answers, so that later bodies can name them. */
function learn(
  { live: { made } }: World,
  report: Report,
  one: Case,
  text: string,
  headers: Readonly<Record<string, unknown>>,
): void {
  const keep = (kind: string, value: string) =>
    made.set(kind, [value, ...(made.get(kind) ?? [])].slice(0, KEPT));
  const pull = headers['pull-id'];
  if (typeof pull === 'string') keep('pull', pull);
  const cursor = headers['next-cursor'];
  if (typeof cursor === 'string') keep('cursor', cursor);
  if (one.name === 'pullContacts') report.contacts += Number(headers['pull-count'] ?? 0);
  if (one.door !== 'operator' && one.door !== 'files') return;
  const uuid = /"file_id":"([0-9a-f-]{36})"/.exec(text)?.[1];
  if (uuid) keep('file', uuid);
  const after = /"next":"([^"]+)"/.exec(text)?.[1];
  if (after) keep('cursor', after);
  const token = /"token":"([^"]+)"/.exec(text)?.[1];
  if (token) keep('token', token);
}

async function assertHealthy(world: World, report: Report): Promise<void> {
  const { exitCode, signalCode } = world.child;
  if (exitCode !== null || signalCode !== null) {
    throw new Error(`the server ended with ${exitCode ?? signalCode}`);
  }
  for (const path of ['/healthz', '/readyz']) {
    const began = performance.now();
    const response = await fetch(world.url + path);
    if (path === '/healthz') {
      report.slowestHealth = Math.max(report.slowestHealth, performance.now() - began);
    }
    if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
    await response.arrayBuffer();
  }
}
