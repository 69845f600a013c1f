// `node bench/soak.ts --minutes 60`: one server under a modest mixed load. Says its memory every
// minute; fails when that is over 150 MB, or when an answer was not one of the documented ones.
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  clientOperations,
  commonErrors,
  type ErrorCode,
  errors,
  leadAnswer,
} from '../packages/contract/src/index.ts';
import { createSource } from '../packages/server/src/changes/sources.ts';
import { connect } from '../packages/server/src/db/pool.ts';
import { spawnServer } from '../packages/server/test/support/server.ts';
import { memoryOf } from './processes.ts';
import { PROGRAMMES, READY } from './seed.ts';
import { openCatalog } from './server.ts';
import { openBench, openSite, planOf } from './setup.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '50' },
  },
});
const minutes = Number(values.minutes);
/** Requests a second in all. */
const rate = Number(values.rate);
const MOST_MEGABYTES = 150;
/** What the files in deploy/ set. */
const AS_DEPLOYED = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' };
const MINUTE = 60_000;
/** Requests under way at a time; above that the load waits, as callers would. */
const MOST_UNDER_WAY = 64;

type Operation = 'readContacts' | 'pullContacts' | 'getPulledContacts' | 'getProgrammes';

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly text: string;
}

const cleanup = new AsyncDisposableStack();
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
});
try {
  const catalogUrl = await openCatalog(cleanup);
  const installation = await openBench(catalogUrl, cleanup);
  const site = await openSite(installation, 'soak', planOf(20_000), cleanup);
  await vacuumByItself(site.url);
  const source = await createSource(
    installation.databases,
    site.database,
    {
      nom: 'soak',
      channel: 'json',
      rules: {
        ...{ id_programme: null, id_origine: null, id_type_contact: null, id_type_action: null },
        ...{ id_statut: READY, id_statut_review: READY, consent_required: false, origins: null },
        ...{ redirect_url: null, honeypot: 'site_web', rate_limit: 1_000_000 },
      },
      programmes: new Map(),
    },
    async () => Buffer.alloc(32),
    'command:bench',
  );
  const server = await spawnServer({ ...AS_DEPLOYED, DATABASE_URL: catalogUrl });
  cleanup.defer(() => server.end());

  const counts = new Map<string, number>();
  const undocumented: string[] = [];
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  const fault = (what: string) => {
    count('undocumented');
    if (undocumented.length < 20) undocumented.push(what);
  };

  const send = async (path: string, headers: Record<string, string>, body: object) => {
    const answer = await fetch(`${server.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, code: answer.headers.get('error-code'), text };
  };
  /** True when it was served; what was refused must be refused as the contract says. */
  const served = (what: string, { status, code, text }: Answer, own: readonly ErrorCode[]) => {
    count(`${what} ${status}`);
    if (status === 200) return true;
    const known = [...commonErrors, ...own].find((known) => known === code);
    const shape = Object.keys(JSON.parse(text)).join();
    if (
      !known ||
      known === 'internal_error' ||
      errors[known].status !== status ||
      shape !== 'valid,error'
    ) {
      fault(`${what}: ${status} ${code} ${text.slice(0, 200)}`);
    }
    return false;
  };
  const any = <Item>(list: readonly Item[]): Item =>
    list[Math.floor(Math.random() * list.length)] as Item;

  const ask = async (operation: Operation, limit?: number, idempotencyKey?: string) => {
    const { key } = any(site.apart);
    const headers = {
      'x-api-key': key,
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
    };
    const body = { operation, ...(limit && { limit }) };
    const { response, errors: own } = clientOperations[operation];
    const first = await send('/api/v1', headers, body);
    if (!served(operation, first, own)) return;
    if (!response.safeParse(JSON.parse(first.text)).success) {
      fault(`${operation}: an answer of another shape`);
    }
    // Some answers of pulls are lost, as far as their callers know.
    if (!idempotencyKey || Math.random() > 0.1) return;
    const again = await send('/api/v1', headers, body);
    if (served('repeated pull', again, own) && again.text !== first.text) {
      fault('a repeated pull brought something else');
    }
  };
  let leads = 0;
  const bring = async () => {
    leads += 1;
    const lead = {
      externalId: `soak-${leads}`,
      nom: 'Marchand',
      prenom: 'Lucie',
      email: `soak.${leads}@example.com`,
      programme: String(1 + (leads % PROGRAMMES)),
      commentaire: 'Merci de me rappeler.',
    };
    const headers = { 'x-source-token': source?.token ?? '' };
    const answer = await send('/intake/v1/soak', headers, lead);
    if (served('lead', answer, ['rate_limited'])) leadAnswer.parse(JSON.parse(answer.text));
  };
  /** As many leads come in as are pulled. */
  const works: (() => Promise<void>)[] = [
    ...Array(8).fill(bring),
    ...Array(4).fill(() => ask('pullContacts', 2, randomUUID())),
    ...Array(5).fill(() => ask('readContacts')),
    ...Array(2).fill(() => ask('getPulledContacts')),
    () => ask('getProgrammes'),
  ];

  const pid = server.child.pid ?? 0;
  const began = performance.now();
  let over = 0;
  let underWay = 0;
  let nextReport = MINUTE;
  const tell = async () => {
    const { now, peak } = memoryOf(pid);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    const [heap, used, outside] = ['heap_size_total', 'heap_size_used', 'external_memory'].map(
      (name) =>
        Number(new RegExp(`^nodejs_${name}_bytes (\\S+)`, 'm').exec(metrics)?.[1]) / 2 ** 20,
    );
    if (now > MOST_MEGABYTES) over += 1;
    const passed = ((performance.now() - began) / MINUTE).toFixed(1).padStart(5);
    const done = [...counts].map(([what, times]) => `${what}: ${times}`).join(', ');
    const parts = `heap ${heap?.toFixed(0)}, ${used?.toFixed(0)} in use; buffers ${outside?.toFixed(0)}`;
    console.log(`${passed} min  ${now.toFixed(0)} MB (peak ${peak.toFixed(0)}; ${parts})  ${done}`);
  };
  await tell();
  for (let sent = 0; !stopped && performance.now() - began < minutes * MINUTE; sent += 1) {
    const due = (sent * 1000) / rate - (performance.now() - began);
    if (due > 0) await delay(due);
    while (underWay >= MOST_UNDER_WAY) await delay(5);
    underWay += 1;
    any(works)()
      .catch((error: Error) => fault(error.message))
      .finally(() => {
        underWay -= 1;
      });
    if (performance.now() - began >= nextReport) {
      nextReport += MINUTE;
      await tell();
    }
  }
  while (underWay > 0) await delay(10);
  await tell();
  for (const what of undocumented) console.log(`not documented: ${what}`);
  if (over) console.log(`over ${MOST_MEGABYTES} MB`);
  if (over || undocumented.length || counts.size === 0) process.exitCode = 1;
} finally {
  await cleanup.disposeAsync();
}

/** Lets PostgreSQL vacuum as it does in service. */
async function vacuumByItself(url: string): Promise<void> {
  const connection = await connect(url);
  for (const table of ['action', 'prospect', 'pull', 'pull_item', 'client']) {
    await connection.query(`alter table ${table} reset (autovacuum_enabled)`);
  }
  await connection.end();
}
