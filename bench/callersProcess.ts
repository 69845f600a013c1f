// Makes the calls of a benchmark, as its parent tells it to. See callers.ts.

import { answerWith } from './children.ts';
import type { Bounds, Command, Load, Round } from './load.ts';
import { openHttp } from './overHttp.ts';
import { openSql } from './overSql.ts';

/** One connection's call: gives the ids of what it brought, or only how many. */
export interface Caller {
  call(report: Report): Promise<{ contacts: number; ids: number[] } | undefined>;
  close(): Promise<void>;
}

/** What goes beside the calls that were served. */
export interface Report {
  /** Ids are wanted. */
  readonly drain: boolean;
  shed: number;
  failed: number;
  failure: string | undefined;
}

const open = new Map<number, { load: Load; callers: Caller[] }>();

async function handle(command: Command): Promise<Round | undefined> {
  if ('open' in command) {
    const { open: load } = command;
    const callers =
      load.over === 'http'
        ? openHttp(load)
        : await Promise.all(load.calls.map((steps) => openSql(load, steps)));
    open.set(command.number, { load, callers });
    return undefined;
  }
  const known = open.get(command.number);
  if (!known) throw new Error('no such load');
  if ('close' in command) {
    open.delete(command.number);
    await Promise.all(known.callers.map((caller) => caller.close()));
    return undefined;
  }
  return run(known.load, known.callers, command.run);
}

async function run(load: Load, callers: Caller[], bounds: Bounds): Promise<Round> {
  const report: Report = { drain: bounds.drain ?? false, shed: 0, failed: 0, failure: undefined };
  const latencies: number[] = [];
  const ids: number[] = [];
  const wanted = load.over === 'http' ? load.contacts : undefined;
  const began = performance.now();
  const work = async (caller: Caller) => {
    for (let made = 0; made < bounds.most && performance.now() - began < bounds.time; made += 1) {
      const start = performance.now();
      const shed = report.shed;
      const answer = await caller.call(report);
      if (!answer) continue;
      // What was sent again after its Retry-After has waited by agreement.
      if (report.shed === shed) latencies.push(performance.now() - start);
      ids.push(...answer.ids);
      if (report.drain && answer.contacts === 0) return;
      if (!report.drain && wanted !== undefined && answer.contacts !== wanted) {
        throw new Error(`a call brought ${answer.contacts} contacts instead of ${wanted}`);
      }
    }
  };
  await Promise.all(callers.map(work));
  const { shed, failed, failure } = report;
  return { seconds: (performance.now() - began) / 1000, latencies, shed, failed, failure, ids };
}

answerWith(handle);
