import type { Callers } from './callers.ts';
import type { Ceiling, Recording } from './ceiling.ts';
import type { Load } from './load.ts';
import { measure, type Rounds, type Variant } from './measure.ts';
import type { DepthRow } from './report.ts';
import type { Site } from './setup.ts';
import { named, overHttp, relaisCalls, type Work } from './work.ts';

const READ: Work = { operation: 'readContacts', limit: 200 };
const WORKS: readonly Work[] = [
  READ,
  { operation: 'pullContacts', limit: 200 },
  { operation: 'pullContacts', limit: 20 },
];
const SCOPES = [
  ['behind', '2 of 66 regions'],
  ['all', 'all regions'],
] as const;
/** Contacts that a round may pull: the shortest queue must not run dry. */
const MOST_PULLED = 3_600;

/**
 * What is read without the server, where it could answer from memory. Each scope is recorded by
 * itself: many regions are read by another statement than few.
 */
export const depthRecordings = (sites: readonly Site[]): Recording[] =>
  sites.flatMap((site) => SCOPES.map(([key]) => ({ site, work: READ, callers: [site[key]] })));

/** What a long queue costs: the same calls, by one connection, before queues of three lengths. */
export async function compareDepths(
  [near, middle, far]: readonly [Site, Site, Site],
  callers: Callers,
  server: { readonly url: string; readonly pid: number | undefined },
  ceiling: Ceiling,
  rounds: Rounds,
): Promise<DepthRow[]> {
  const sites = { near, middle, far };
  const rows: DepthRow[] = [];
  const compare = async (what: string, work: Work, loadOf: (site: Site) => Load) => {
    await using open = new AsyncDisposableStack();
    const pulls = work.operation === 'pullContacts';
    const variant = async (site: Site): Promise<Variant> => {
      const run = await callers.open(loadOf(site), open);
      const most = pulls ? MOST_PULLED / work.limit : Number.POSITIVE_INFINITY;
      return {
        run: (time) => run({ time, most }),
        pid: server.pid,
        ...(pulls && { restore: site.restore }),
      };
    };
    const before = async () => {
      for (const site of Object.values(sites)) await site.vacuum();
    };
    const variants = {
      near: await variant(near),
      middle: await variant(middle),
      far: await variant(far),
    };
    rows.push({
      what: `${named(work)}, ${what}`,
      ...(await measure(variants, { ...rounds, ...(pulls && { before }) })),
    });
  };
  for (const [key, scope] of SCOPES) {
    for (const work of WORKS) {
      await compare(scope, work, (site) =>
        overHttp(server.url, work, relaisCalls(work, [site[key]])),
      );
    }
    await compare(`${scope}, its statements alone`, READ, (site) =>
      ceiling.load(site, READ, [site[key]]),
    );
  }
  return rows;
}
