// `npm run bench`: how fast contacts are read and pulled, and what that depends on. See README.md.
import { writeFile } from 'node:fs/promises';
import { spawnServer } from '../packages/server/test/support/server.ts';
import { type Operation, overHandler } from './handlers.ts';
import { overHttp } from './http.ts';
import { measure, type Variant, type Worker } from './measure.ts';
import { type DepthRow, depthTable, describeMachine, type LevelRow, levelTable } from './report.ts';
import { EVERYWHERE, FRONT } from './seed.ts';
import { openCatalog } from './server.ts';
import { MOST_PULLERS, openSites, type Site } from './setup.ts';
import { overStatements } from './statements.ts';

const ROUNDS = { rounds: 6, time: 300 };
/** How many contacts a round may pull: less than there are in the shortest queue. */
const MOST_PULLED = { alone: 4_000, apart: 12_000 };

const say = (sentence: string) => process.stderr.write(`${sentence}\n`);

/** What one more action in front costs: the same work before a short and a long queue. */
async function compareDepths(near: Site, far: Site): Promise<DepthRow[]> {
  const operations: [Operation, number][] = [
    ['readContacts', 200],
    ['pullContacts', 200],
    ['pullContacts', 20],
  ];
  const variant = async (site: Site, key: 'behind' | 'all', [operation, limit]: [Operation, number]) =>
    ({
      workers: [await overHandler(site.database, site.keys[key].id, operation, limit)],
      contacts: limit,
      ...(operation === 'pullContacts' && {
        most: MOST_PULLED.alone / limit,
        restore: () => site.restore(site === near && key === 'all' ? EVERYWHERE : FRONT),
      }),
    }) satisfies Variant;
  const rows: DepthRow[] = [];
  for (const key of ['behind', 'all'] as const) {
    for (const operation of operations) {
      const what = `${operation.join(' ')}, ${key === 'all' ? 'all 100' : '2 of 100'} regions`;
      say(what);
      const variants = {
        near: await variant(near, key, operation),
        far: await variant(far, key, operation),
      };
      const before = async () => {
        await near.vacuum();
        await far.vacuum();
      };
      rows.push({ what, ...(await measure(variants, { ...ROUNDS, before })) });
    }
  }
  return rows;
}

interface Callers {
  readonly what: string;
  /** The key of each caller, and whether they get in each other's way. */
  readonly keys: readonly { id: string; text: string }[];
  readonly contended?: boolean;
}

/** What the server costs: the same calls through it, without HTTP, and as bare statements. */
async function compareLevels(
  site: Site,
  serverUrl: string,
  cleanup: AsyncDisposableStack,
): Promise<LevelRow[]> {
  const { apart, together } = site.keys;
  const first = apart.slice(0, 1);
  const parallel = [1, 4, MOST_PULLERS].map((count) => ({
    what: `${count} at a time`,
    keys: apart.slice(0, count),
  }));
  const cases: [Operation, Callers][] = [
    ...parallel.map((callers): [Operation, Callers] => ['readContacts', callers]),
    ...parallel.map((callers): [Operation, Callers] => ['pullContacts', callers]),
    ['pullContacts', { what: '8 at a time, same regions', keys: together, contended: true }],
    ['pullContacts', { what: '8 at a time, one client', keys: Array(MOST_PULLERS).fill(first).flat() }],
  ];
  const rows: LevelRow[] = [];
  for (const [operation, callers] of cases) {
    const what = `${operation} 200, ${callers.what}`;
    say(what);
    const limit = 200;
    const variant = (workers: Worker[]): Variant => ({
      workers,
      contacts: limit,
      ...(operation === 'pullContacts' && {
        most: (callers.keys.length > 1 ? MOST_PULLED.apart : MOST_PULLED.alone) / limit,
        restore: () => site.restore(FRONT),
      }),
    });
    const keys = callers.keys;
    const variants: Record<'server' | 'handler' | 'statements', Variant> | ...
  }
  return rows;
}
