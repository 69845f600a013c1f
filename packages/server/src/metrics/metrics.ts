import cluster from 'node:cluster';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Databases } from '../installation/databases.ts';
import type { Logger } from '../log/log.ts';
import { figuresText } from './figures.ts';
import { createPoolMetrics } from './poolMetrics.ts';
import { createRequestMetrics, type RequestMetrics } from './requestMetrics.ts';
import { createWatch } from './watch.ts';
import { joinWorkers } from './workers.ts';

/** Figures of the databases are read at most this often, milliseconds. */
const FIGURES_EVERY = 10_000;

/** What Prometheus may ask of a server. */
export interface Metrics {
  readonly requests: RequestMetrics;
  readonly contentType: string;
  /**
   * All numbers as text: those of this process (with workers: of all of them, added up), and the
   * figures of the databases. undefined: the other workers do not answer.
   */
  scrape(): Promise<string | undefined>;
}

export function createMetrics(databases: Databases, log: Logger): Metrics {
  const registry = new Registry();
  const requests = createRequestMetrics(registry);
  createPoolMetrics(registry, databases);
  collectDefaultMetrics({ register: registry });
  const numbers = cluster.isWorker ? joinWorkers(registry) : () => registry.metrics();

  const look = createWatch(databases, log);
  let read: { readonly at: number; readonly text: Promise<string> } | undefined;
  /** Scrapes of the same moment share one reading, those soon after get the same. */
  const figures = () => {
    if (!read || performance.now() - read.at >= FIGURES_EVERY) {
      read = { at: performance.now(), text: look().then(figuresText) };
    }
    return read.text;
  };
  return {
    requests,
    contentType: registry.contentType,
    async scrape() {
      const [own, shared] = await Promise.all([numbers(), figures()]);
      return own === undefined ? undefined : `${own}\n${shared}`;
    },
  };
}
