// `npm run bench`: how fast contacts are read and pulled, and what that depends on. See README.md.
import { writeFile } from 'node:fs/promises';
import { spawnServer } from '../packages/server/test/support/server.ts';
import { compareDepths } from './depths.ts';
import { compareLevels } from './levels.ts';
import { depthTable, describeMachine, levelTable } from './report.ts';
import { openCatalog } from './server.ts';
import { openSites } from './setup.ts';

const ROUNDS = { rounds: 6, time: 300 };

const cleanup = new AsyncDisposableStack();
process.once('SIGINT', () => cleanup.disposeAsync().finally(() => process.exit(130)));
const began = Date.now();
const say = (sentence: string) =>
  process.stderr.write(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${sentence}\n`);

try {
  const catalogUrl = await openCatalog(cleanup);
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
  const depths = await compareDepths(near, far, ROUNDS);
  say('the server beside its ceiling');
  const levels = await compareLevels(far, server.url, ROUNDS);
  const machine = await describeMachine(catalogUrl);
  const report = `# Results

${machine}. Medians of ${ROUNDS.rounds} rounds in turns; the ratios count, the rates are this machine's.

## A long queue beside a short one

One caller, without HTTP. Ready contacts of other regions in front of the key's own, or of all regions in all.

${depthTable(depths)}

## The server beside its ceiling

Before 1,000,000 ready contacts. Server: over HTTP. Handler: the operation's code in the benchmark's process. SQL: its statements alone.

${levelTable(levels)}
`;
  console.log(report);
  await writeFile(new URL('RESULTS.md', import.meta.url), report);
  say('done');
} finally {
  await cleanup.disposeAsync();
}
