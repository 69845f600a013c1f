import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

interface Question {
  readonly type: 'relais:metrics';
  readonly id: number;
}

/** The primary's answer: the numbers of all workers, or undefined when they could not be had. */
interface Reply extends Question {
  readonly text: string | undefined;
}

const isOurs = (message: unknown): message is Question =>
  (message as Question | undefined)?.type === 'relais:metrics';

const PATIENCE = 6_000;

/**
 * In the primary of `serve --workers`: answers the worker that was asked for metrics with those of
 * all workers, added up.
 */
export function answerWorkers(): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', async (worker: Worker, message: unknown) => {
    if (!isOurs(message)) return;
    const text = await aggregator.clusterMetrics().catch(() => undefined);
    if (worker.isConnected()) worker.send({ ...message, text } satisfies Reply);
  });
}

/**
 * In a worker: tells the primary the numbers of this registry when it asks, and gives a function
 * that asks it for those of all workers, added up.
 */
export function joinWorkers(registry: Registry): () => Promise<string | undefined> {
  // What answers the primary is installed by the constructor.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries(registry);
  let last = 0;
  return () => {
    last += 1;
    const id = last;
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    const hear = (message: unknown) => {
      if (isOurs(message) && message.id === id) resolve((message as Reply).text);
    };
    const timer = setTimeout(resolve, PATIENCE, undefined);
    process.on('message', hear);
    process.send?.({ type: 'relais:metrics', id } satisfies Question);
    return promise.finally(() => {
      clearTimeout(timer);
      process.off('message', hear);
    });
  };
}
