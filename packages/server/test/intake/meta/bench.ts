import { pino } from 'pino';
import type { BackgroundWork } from '../../../src/concurrency/backgroundWork.ts';
import type { MetaSource } from '../../../src/intake/meta/metaStore.ts';
import { createMetaWorker } from '../../../src/intake/meta/worker.ts';
import { type GraphServer, startGraphServer } from '../../support/graphServer.ts';
import { type MemoryStore, memoryStore } from './memoryStore.ts';

/** A worker between a store in memory and a local Graph API, with a clock that the test turns. */
export interface Bench {
  readonly graph: GraphServer;
  readonly store: MemoryStore;
  readonly worker: BackgroundWork;
  readonly sources: readonly MetaSource[];
  /** The lines of the log, as written. */
  readonly lines: readonly string[];
  readonly now: () => number;
  /** Turns the clock on, and does what is then due. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

const START = Date.parse('2026-11-23T09:00:00Z');

export async function openBench(forms: readonly string[] = [], page = 25): Promise<Bench> {
  const graph = await startGraphServer({ page });
  let time = START;
  const now = () => time;
  const { appSecret, accessToken } = graph;
  const sources = ['meta-a', 'meta-b'].map((nom, at) => ({
    id: at + 1,
    nom,
    appSecret,
    accessToken,
    forms: at === 0 ? forms : [],
  }));
  const store = memoryStore(sources, now);
  const lines: string[] = [];
  const worker = createMetaWorker({
    store,
    graphUrl: graph.url,
    log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
    now,
    random: () => 0.5,
    // Far away: the tests say when.
    every: 2 ** 31 - 1,
  });
  return {
    graph,
    store,
    worker,
    sources,
    lines,
    now,
    async pass(seconds) {
      time += seconds * 1000;
      await worker.runOnce();
    },
    async close() {
      await worker.close();
      await graph.close();
    },
  };
}
