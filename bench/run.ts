// `npm run bench`: how fast the Client API is, beside what bounds it and what people would use
// instead. `--quick` tries everything on less data, names (of rows, `drain`, `depths`) measure
// some only: neither saves anything. See README.md.
import { parseArgs } from 'node:util';
import { connect } from '../packages/server/src/db/pool.ts';
import { spawnServer } from '../packages/server/test/support/server.ts';
import { openCallers } from './callers.ts';
import { recordCeiling } from './ceiling.ts';
import { compareDepths, depthRecordings } from './depths.ts';
import { drain } from './drains.ts';
import { openFloor } from './floor.ts';
import { installPeers, openPeers } from './peers.ts';
import { memoryOf, parentOf } from './processes.ts';
import {
  type DrainRow,
  depthTable,
  describeMachine,
  detailTable,
  drainTable,
  failures,
  inBrief,
  memoryTable,
  ratioTable,
  type WorkRow,
} from './report.ts';
import { saveResults } from './results.ts';
import { openCatalog } from './server.ts';
import { openBench, openSite, planOf } from './setup.ts';
import { type Case, callersOf, nameOfCase, type Rivals, sideBySide } from './sideBySide.ts';
import type { Work } from './work.ts';
import { openWriter } from './writer.ts';

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const { quick } = values;
const wanted = (what: string) =>
  positionals.length === 0 || positionals.some((name) => what.includes(name));
const SIZES = quick
  ? { near: 10_000, middle: 30_000, far: 60_000 }
  : { near: 10_000, middle: 100_000, far: 2_000_000 };
// Under 15 minutes on two cores: on busy ones the last measurements have fewer rounds.
const began = performance.now();
const ROUNDS = quick
  ? { rounds: 1, time: 150, deadline: 0 }
  : { rounds: 5, time: 500, deadline: began + 660_000 };
/** How long everybody does each work before anything is measured, milliseconds. */
const WARM_UP = quick ? 100 : 5_000;
const DEPTH_ROUNDS = quick ? ROUNDS : { rounds: 5, time: 300, deadline: began + 780_000 };

const read: Work = { operation: 'readContacts', limit: 200 };
const pull = (limit: number): Work => ({ operation: 'pullContacts', limit });
const pulled: Work = { operation: 'getPulledContacts', limit: 500 };
const programmes: Work = { operation: 'getProgrammes', limit: 10 };
const WRITES = 20;

/** Beside everything, among 100,000 actions. */
const CASES: readonly Case[] = [
  { work: read, connections: 1 },
  { work: read, connections: 8, pgbench: true },
  { work: read, connections: 64 },
  { work: read, connections: 8, writes: WRITES },
  { work: pull(200), connections: 1 },
  { work: pull(200), connections: 8, pgbench: true },
  { work: pull(200), connections: 64 },
  { work: pull(20), connections: 1 },
  { work: pull(20), connections: 8 },
  { work: pull(1), connections: 1 },
  { work: pull(1), connections: 8 },
  { work: pull(1), connections: 64 },
  { work: pulled, connections: 1 },
  { work: pulled, connections: 8 },
  { work: programmes, connections: 1 },
  { work: programmes, connections: 8 },
  { work: programmes, connections: 64 },
];
const WORKS = [read, pull(200), pull(20), pull(1), pulled, programmes];
/** Beside its ceiling, among 2,000,000. */
const FAR_CASES: readonly Case[] = WORKS.map((work) => ({ work, connections: 8 }));

const cleanup = new AsyncDisposableStack();
let stopping: Promise<void> | undefined;
process.once('SIGINT', () => {
  stopping = cleanup.disposeAsync().finally(() => process.exit(130));
});
const say = (sentence: string) => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stderr.write(`${seconds.padStart(4)} s  ${sentence}\n`);
};

try {
  await installPeers(say);
  const catalogUrl = await openCatalog(cleanup);
  const machine = await describeMachine(catalogUrl);
  say('seeding');
  const installation = await openBench(catalogUrl, cleanup);
  const near = await openSite(installation, 'near', planOf(SIZES.near), cleanup);
  const middle = await openSite(installation, 'middle', planOf(SIZES.middle), cleanup);
  const far = await openSite(installation, 'far', planOf(SIZES.far), cleanup);
  const sites = [near, middle, far] as const;

  say('starting servers');
  const server = await spawnServer({ DATABASE_URL: catalogUrl });
  cleanup.defer(() => server.end());
  const floor = await openFloor(cleanup);
  const peers = await openPeers(middle.url, cleanup);
  const callers = openCallers(cleanup);
  const postmaster = await postmasterOf(catalogUrl);

  say('recording statements');
  const ceiling = await recordCeiling(catalogUrl, [
    ...WORKS.map((work) => ({ site: middle, work, callers: callersOf(middle, work, 64) })),
    ...WORKS.map((work) => ({ site: far, work, callers: callersOf(far, work, 8) })),
    ...depthRecordings(sites),
  ]);
  const served = { url: server.url, pid: server.child.pid };
  const rivals: Rivals = { server: served, ceiling, floor, peers };

  const rows: WorkRow[] = [];
  const writer = await openWriter(middle.url, cleanup);
  say('warming up');
  for (const work of WORKS) {
    const one = { work, connections: 8 };
    await sideBySide(middle, callers, rivals, one, writer, { ...ROUNDS, rounds: 0, time: WARM_UP });
  }
  for (const one of CASES.filter((one) => wanted(nameOfCase(one)))) {
    const row = await sideBySide(middle, callers, rivals, one, writer, { ...ROUNDS, postmaster });
    rows.push(row);
    say(inBrief(row));
  }
  const drains: DrainRow[] = [];
  for (const connections of wanted('drain') ? [8, 64] : []) {
    drains.push(...(await drain(middle, callers, rivals, connections)));
    say(`one region drained by ${connections} callers`);
  }
  const memory = [
    ['server', memoryOf(served.pid ?? 0).peak] as const,
    ['floor', memoryOf(floor.child.pid ?? 0).peak] as const,
    ...peers.map(({ name, child }) => [name, memoryOf(child.pid ?? 0).peak] as const),
  ];
  for (const { child } of peers) child.kill('SIGKILL');

  const farRows: WorkRow[] = [];
  const farWriter = await openWriter(far.url, cleanup);
  const alone = { server: served, ceiling, peers: [] };
  for (const one of FAR_CASES.filter((one) => wanted(nameOfCase(one)))) {
    const options = { ...DEPTH_ROUNDS, postmaster };
    const row = await sideBySide(far, callers, alone, one, farWriter, options);
    farRows.push(row);
    say(`among the most actions, ${inBrief(row)}`);
  }
  const depths = wanted('depths')
    ? await compareDepths(sites, callers, served, ceiling, DEPTH_ROUNDS)
    : [];
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  const troubles = failures(rows);

  const report = `${machine}; peers: ${peers.map(({ name, version }) => `${name} ${version}`).join(', ')}; ${minutes} minutes. Medians of rounds in turns. The ratios count; the rates are this machine's, whose cores the callers, the servers and PostgreSQL share. What each word means is in [README.md](README.md).

## Ratios

Among 100,000 actions.

${ratioTable(rows)}

Among 2,000,000 actions, without the peers.

${ratioTable(farRows)}

## A long queue beside a short one

One connection. The key's contacts lie behind those of all other regions, or it sees all regions. A read of the server may be answered from memory, so its statements are measured alone too.

${depthTable(depths)}

## Delivered twice, or lost

Callers of different clients pull 20 at a time from one region with 2,000 ready contacts until it is empty, or 20 seconds have passed.

${drainTable(drains)}

## Memory

${memoryTable(memory)}

## All rates

Among 100,000 actions. CPU: of one call, in the process that serves it, and in PostgreSQL's.

${detailTable(rows)}
${troubles.length ? `\nWhat the first failed call said:\n\n${troubles.join('\n')}\n` : ''}`;
  console.log(report);
  if (!quick && positionals.length === 0) await saveResults('Results of the Client API', report);
  say('done');
} catch (error) {
  // What is cut off by the end of its databases is no failure.
  if (!stopping) throw error;
  await stopping;
} finally {
  await cleanup.disposeAsync();
}

/** The process that starts PostgreSQL's backends; NaN when it is not of this machine. */
async function postmasterOf(url: string): Promise<number> {
  const connection = await connect(url);
  try {
    const found = await connection.query<{ pid: number }>('select pg_backend_pid() as pid');
    return parentOf(found.rows[0]?.pid ?? 0);
  } finally {
    await connection.end();
  }
}
