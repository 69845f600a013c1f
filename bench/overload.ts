// `node bench/overload.ts`: what ten times as many callers, slow ones and idle ones do to the others.
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnServer } from '../packages/server/test/support/server.ts';
import { callAsCrowd, openCrowd } from './crowd.ts';
import { memoryOf } from './processes.ts';
import { describeMachine } from './report.ts';
import { saveResults } from './results.ts';
import { openCatalog } from './server.ts';
import { openBench, openSite, planOf } from './setup.ts';

const NORMAL = 64;
const OVERLOAD = 10 * NORMAL;
/** Those among them whose times are measured, in a process of their own. */
const MEASURED = 8;
const SECONDS = 12;
/** What the p99 of accepted requests may be under overload, in terms of the normal one. */
const MOST_TIMES = 3;
const IDLE = 10_000;
const HALF_SENT = 500;
const SLOW_READERS = 200;
/** What /healthz may take beside them, milliseconds. */
const HEALTH = 500;

interface Work {
  readonly name: string;
  readonly body: object;
}

interface Measured {
  /** Accepted answers a second. */
  readonly rate: number;
  /** Refusals with 503 a second. */
  readonly shed: number;
  readonly p50: number;
  readonly p99: number;
  /** Answers that were neither, and connections that broke. */
  readonly failed: number;
}

const WORKS: readonly Work[] = [
  { name: 'pullContacts 1', body: { operation: 'pullContacts', limit: 1 } },
  { name: 'pullContacts 20', body: { operation: 'pullContacts', limit: 20 } },
  { name: 'readContacts 200', body: { operation: 'readContacts' } },
];

await using cleanup = new AsyncDisposableStack();
const catalogUrl = await openCatalog(cleanup);
const machine = await describeMachine(catalogUrl);
const installation = await openBench(catalogUrl, cleanup);
const site = await openSite(installation, 'main', planOf(200_000), cleanup);
const server = await spawnServer({ DATABASE_URL: catalogUrl });
cleanup.defer(() => server.end());
let died = false;
server.child.once('exit', () => {
  died = true;
});
const pid = server.child.pid ?? 0;
const keys = site.apart.map(({ key }) => key);

const crowd = openCrowd(cleanup);
const rows: string[] = [];
const faults: string[] = [];
for (const work of WORKS) {
  await run(work, NORMAL, 2);
  const normal = await run(work, NORMAL, SECONDS);
  await site.restore();
  await site.vacuum();
  await run(work, OVERLOAD, 2);
  const over = await run(work, OVERLOAD, SECONDS);
  await site.restore();
  await site.vacuum();
  const times = over.p99 / normal.p99;
  if (times > MOST_TIMES) faults.push(`${work.name}: the p99 is ${times.toFixed(1)} times normal`);
  if (over.failed + normal.failed > 0) faults.push(`${work.name}: ${over.failed} failed`);
  rows.push(
    `| ${work.name} | ${round(normal.rate)} | ${ms(normal)} | ${round(over.rate)} | ${round(over.shed)} | ${((over.rate + over.shed) / normal.rate).toFixed(1)} | ${ms(over)} | **${times.toFixed(2)}** |`,
  );
  console.error(rows.at(-1));
}
const loaded = memoryOf(pid);

const [pull] = WORKS as [Work];
const before = await run(pull, 8, SECONDS);
await site.restore();
const sockets = [
  ...(await openMany(IDLE, () => {})),
  // Half a request, and nothing more.
  ...(await openMany(HALF_SENT, (socket) =>
    socket.write('POST /api/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{"operation"'),
  )),
  // Asks for much, and reads nothing.
  ...(await openMany(SLOW_READERS, (socket, index) => {
    socket.pause();
    const body = JSON.stringify({ operation: 'getPulledContacts' });
    const key = keys[index % keys.length];
    socket.write(
      `POST /api/v1 HTTP/1.1\r\nHost: x\r\nx-api-key: ${key}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
  })),
];
const health = timeHealth();
const beside = await run(pull, 8, SECONDS);
const slowest = Math.max(...(await health));
const crowded = memoryOf(pid);
for (const socket of sockets) socket.destroy();
if (slowest > HEALTH) faults.push(`/healthz took ${round(slowest)} ms`);
if (beside.p99 > MOST_TIMES * before.p99)
  faults.push('idle and slow connections slowed the others');
if (beside.failed) faults.push(`${beside.failed} failed beside idle and slow connections`);
if (died) faults.push('the server died');

const report = `${machine}. 200,000 actions; ${SECONDS} seconds each; the callers share the machine with what they call. They ask again at once, also after a refusal. The times are those of ${MEASURED} of them, which have a process of their own.

Normal is ${NORMAL} connections, overload ${OVERLOAD}. The last column is the p99 of the answers that were accepted, beside the normal one: at most ${MOST_TIMES}.

|  | normal: a second | p50 / p99 ms | overload: accepted a second | 503 a second | asked for / normal | p50 / p99 ms of the accepted | p99 / p99 |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Beside ${IDLE} idle connections, ${HALF_SENT} that have sent half a request and ${SLOW_READERS} that do not read their answers, ${pull.name} by 8 connections: ${round(beside.rate)} a second, p99 ${beside.p99.toFixed(1)} ms; without them ${round(before.rate)} a second, p99 ${before.p99.toFixed(1)} ms (**${(beside.p99 / before.p99).toFixed(2)}**). /healthz took ${round(slowest)} ms at the most.

Memory of the server process: ${round(loaded.peak)} MB at its peak under overload, ${round(crowded.now)} MB with all those connections.

${faults.length ? `**Not held:** ${faults.join('; ')}.` : 'Nothing crashed, and nothing was answered but with 200, or 503 and Retry-After.'}
`;
console.log(report);
await saveResults('Results of overload', report);
if (faults.length) process.exitCode = 1;

/** Calls again and again over so many connections, and measures some of them. */
async function run(work: Work, connections: number, seconds: number): Promise<Measured> {
  const body = JSON.stringify(work.body);
  const some = { url: server.url, keys, body, connections: MEASURED, seconds };
  const others = connections - MEASURED;
  const [own, rest] = await Promise.all([
    callAsCrowd(some),
    others ? crowd({ ...some, connections: others }) : { latencies: [], shed: 0, failed: 0 },
  ]);
  const at = (share: number) =>
    own.latencies[Math.floor(share * (own.latencies.length - 1))] ?? Number.NaN;
  return {
    rate: (own.latencies.length + rest.latencies.length) / seconds,
    shed: (own.shed + rest.shed) / seconds,
    p50: at(0.5),
    p99: at(0.99),
    failed: own.failed + rest.failed,
  };
}

/** Opens connections, a hundred at a time; what becomes of them is of no interest. */
async function openMany(
  count: number,
  opened: (socket: Socket, index: number) => void,
): Promise<Socket[]> {
  const { hostname, port } = new URL(server.url);
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const some = Array.from({ length: Math.min(100, count - sockets.length) }, (_, index) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const socket = connectSocket(Number(port), hostname, () => {
        opened(socket, index);
        resolve();
      });
      socket.on('error', () => resolve());
      sockets.push(socket);
      return promise;
    });
    await Promise.all(some);
  }
  return sockets;
}

/** How long /healthz takes, asked twice a second while the others call; milliseconds. */
async function timeHealth(): Promise<number[]> {
  const times: number[] = [];
  for (let count = 0; count < 2 * (SECONDS - 1); count += 1) {
    const start = performance.now();
    const response = await fetch(`${server.url}/healthz`);
    await response.arrayBuffer();
    times.push(response.ok ? performance.now() - start : Number.POSITIVE_INFINITY);
    await delay(500);
  }
  return times;
}

function round(value: number): string {
  return value.toFixed(0);
}

function ms({ p50, p99 }: Measured): string {
  return `${p50.toFixed(1)} / ${p99.toFixed(1)}`;
}
