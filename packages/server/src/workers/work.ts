import cluster from 'node:cluster';
import type { Config } from '../config.ts';
import { startServer } from '../serve.ts';
import { type Answering, isOrder, type Order } from './order.ts';

/** A worker's life: it answers until the primary tells it to leave. */
export async function work(config: Config): Promise<void> {
  // A signal to the whole group of processes is the primary's matter, which gives the orders.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {});
  const told = new Promise<Order>((resolve) => {
    process.on('message', (message: unknown) => {
      if (isOrder(message)) resolve(message);
    });
  });
  try {
    const server = await startServer(config);
    process.send?.({ url: server.url } satisfies Answering);
    const { drain } = await told;
    if (drain) await server.drain(drain);
    await server.close();
  } finally {
    cluster.worker?.disconnect();
  }
}
