import type { Callers } from './callers.ts';
import type { Ceiling } from './ceiling.ts';
import type { Floor } from './floor.ts';
import type { Load } from './load.ts';
import { type Measured, measure, type Rounds, type Variant } from './measure.ts';
import type { Peer } from './peers.ts';
import { findPgbench, overPgbench } from './pgbench.ts';
import type { WorkRow } from './report.ts';
import type { Caller, Site } from './setup.ts';
import { named, overHttp, relaisCalls, type Work } from './work.ts';
import type { Writer } from './writer.ts';

/** One work by some connections. */
export interface Case {
  readonly work: Work;
  readonly connections: number;
  /** Somebody else writes meanwhile, this many times a second. */
  readonly writes?: number;
  /** Is measured with pgbench too. */
  readonly pgbench?: boolean;
}

export const nameOfCase = ({ work, connections, writes }: Case): string =>
  `${named(work)}, ${connections} connection${connections > 1 ? 's' : ''}${writes ? ', busy' : ''}`;

/** Everything that does the work. */
export interface Rivals {
  readonly server: { readonly url: string; readonly pid: number | undefined };
  readonly ceiling: Ceiling;
  readonly floor?: Floor;
  readonly peers: readonly Peer[];
}

/** Who makes the calls of a work: each of them for a region of its own, while there are as many. */
export function callersOf(site: Site, { operation }: Work, connections: number): Caller[] {
  // Only the first clients have pulled enough before.
  const most = operation === 'getPulledContacts' ? site.longServed : site.apart.length;
  return Array.from({ length: connections }, (_, own) => site.apart[own % most] as Caller);
}

/** Measures one work: the server, its statements alone, its bytes alone, and the peers, in turns. */
export async function sideBySide(
  site: Site,
  callers: Callers,
  rivals: Rivals,
  one: Case,
  writer: Writer,
  rounds: Rounds,
): Promise<WorkRow> {
  await using open = new AsyncDisposableStack();
  const { work, connections, writes } = one;
  const pulls = work.operation === 'pullContacts';
  const who = callersOf(site, work, connections);
  const most = pulls ? Math.floor(site.availableTo(connections) / work.limit) : Infinity;
  const variant = async (load: Load, pid?: number): Promise<Variant> => {
    const run = await callers.open(load, open);
    return {
      run: (time) => run({ time, most }),
      pid,
      ...(pulls && { restore: site.restore }),
    };
  };
  const own = relaisCalls(work, who);
  const statements = rivals.ceiling.load(site, work, who);
  const variants: Record<string, Variant> = {
    server: await variant(overHttp(rivals.server.url, work, own), rivals.server.pid),
    ceiling: await variant(statements),
  };
  const { floor } = rivals;
  if (floor && own[0]) {
    const copy = await floor.copy(rivals.server.url, own[0]);
    if (pulls) await site.restore();
    const load = overHttp(
      floor.url,
      work,
      own.map(() => copy),
    );
    variants.floor = { ...(await variant(load, floor.child.pid)), restore: async () => {} };
  }
  for (const peer of rivals.peers) {
    const calls = who.map((caller) => peer.call(work, caller));
    variants[peer.name] = await variant(overHttp(peer.url, work, calls), peer.child.pid);
  }

  const regions = [...new Set(who.map(({ region }) => region))];
  const stop = writes ? writer.start(writes, regions) : undefined;
  const measured = await measure(variants, {
    ...rounds,
    ...(pulls && { before: site.vacuum }),
  }).finally(stop);

  const pgbench = one.pgbench ? findPgbench() : undefined;
  const calls = pulls ? most : 100;
  const byPgbench = pgbench && (await overPgbench(pgbench, statements, calls));
  if (pulls) await site.restore();
  const { server, ceiling, floor: bytes, ...peers } = measured;
  return {
    what: nameOfCase(one),
    server: server as Measured,
    ceiling: ceiling as Measured,
    ...(bytes && { floor: bytes }),
    peers: new Map(Object.entries(peers)),
    ...(byPgbench && { pgbench: byPgbench }),
  };
}
