import { randomUUID } from 'node:crypto';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { idsOf, type Reply, send } from '../support/server.ts';

/** What clients met while they called, each on connections that are kept alive. */
export interface Load {
  /** The action ids of each pull that was answered, under its idempotency key. */
  readonly pulls: Map<string, number[]>;
  /** Answers and lost connections that no client should meet. */
  readonly failures: string[];
  /** Answers that ended their connection. */
  closings(): number;
  /** Calls that were answered 200. */
  answers(): number;
  stop(): Promise<void>;
}

/**
 * Starts clients that call without rest: each of the keys pulls one contact at a time, and reads;
 * a balancer asks whether the server is ready.
 * A pull whose connection is lost is tried again under its idempotency key until it is answered.
 */
export function startLoad(test: TestContext, url: string, keys: readonly string[]): Load {
  const pulls = new Map<string, number[]>();
  const failures: string[] = [];
  let closings = 0;
  let answers = 0;
  let stopped = false;
  // A test that has run out of time leaves no load behind.
  const goesOn = () => !stopped && !test.signal.aborted;

  const call = async (
    key: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Reply | undefined> => {
    try {
      const reply = await send(url, key, body, headers);
      if (reply.headers.get('connection') === 'close') closings += 1;
      if (reply.status === 200) answers += 1;
      else failures.push(`${reply.status} ${reply.text}`);
      return reply;
    } catch (error) {
      const { message, cause } = error as Error;
      failures.push(`${message}: ${cause instanceof Error ? cause.message : ''}`);
      return undefined;
    }
  };
  const pull = async (key: string) => {
    while (goesOn()) {
      const name = randomUUID();
      let reply: Reply | undefined;
      do {
        reply = await call(
          key,
          { operation: 'pullContacts', limit: 1 },
          { 'Idempotency-Key': name },
        );
        // So that nobody who is away is asked without end.
        if (reply?.status !== 200) await delay(20);
      } while (reply?.status !== 200 && !test.signal.aborted);
      if (reply?.status === 200) pulls.set(name, idsOf(reply));
    }
  };
  const read = async (key: string) => {
    while (goesOn()) await call(key, { operation: 'readContacts', limit: 20 });
  };
  const probe = async () => {
    while (goesOn()) {
      const ready = await fetch(`${url}/readyz`).catch(() => undefined);
      await ready?.text();
      if (ready && ready.status !== 200) failures.push(`not ready: ${ready.status}`);
    }
  };
  const clients = [probe(), ...keys.flatMap((key) => [pull(key), pull(key), read(key)])];
  return {
    pulls,
    failures,
    closings: () => closings,
    answers: () => answers,
    async stop() {
      stopped = true;
      await Promise.all(clients);
    },
  };
}
