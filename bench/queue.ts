// `npm run bench`: how fast contacts are read and pulled, and what that depends on. See README.md.
import { spawnServer } from '../packages/server/test/support/server.ts';
import { compareDepths } from './depths.ts';
import { compareLevels } from './levels.ts';
import { depthTable, describeMachine, levelTable } from './report.ts';
import { saveResults } from './results.ts';
import { openCatalog } from './server.ts';
import { openSites } from './setup.ts';

// Under three minutes on two cores: on busy ones the last measurements have fewer rounds.
const deadline = performance.now() + 120_000;
const DEPTHS = { rounds: 10, time: 300, deadline };
const LEVELS = { rounds: 6, time: 300, deadline };

const cleanup = new AsyncDisposableStack();
let stopping: Promise<void> | undefined;
process.once('SIGINT', () => {
  stopping = cleanup.disposeAsync().finally(() => process.exit(130));
});
const began = Date.now();
const say = (sentence: string) =>
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);

try {
  const catalogUrl = await openCatalog(cleanup);
  const machine = await describeMachine(catalogUrl);
  say('seeding');
  const { near, far } = await openSites(
    catalogUrl,
    {
      near: { front: 10_000, behind: 20_000, everywhere: 10_000 },
      far: { front: 1_000_000, behind: 20_000, everywhere: 0 },
    },
    cleanup,
  );
  const server = await spawnServer({ DATABASE_URL: catalogUrl });
  cleanup.defer(() => server.end());
  say('queues of 10,000 and of 1,000,000');
  const depths = await compareDepths(near, far, DEPTHS);
  say('the server beside its ceiling');
  const levels = await compareLevels(far, server.url, LEVELS);
  const report = `${machine}. Medians of rounds in turns. The ratios count; the rates are this machine's, whose cores the callers, the server and PostgreSQL share.

## A long queue beside a short one

One caller, without HTTP. Ready contacts of other regions in front of the key's own, or of all regions in all.

${depthTable(depths)}

## The server beside its ceiling

Before 1,000,000 ready contacts. Server: over HTTP. Handler: the operation's code in the benchmark's process. SQL: its statements alone.

${levelTable(levels)}
`;
  console.log(report);
  await saveResults('Results of the queue', report);
  say('done');
} catch (error) {
  // What is cut off by the end of its databases is no failure.
  if (!stopping) throw error;
  await stopping;
} finally {
  await cleanup.disposeAsync();
}
