import { createServer, connect as dial, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Listening, listen } from './listen.ts';
import type { Random } from './random.ts';

/** What may befall a connection between a client and a server. */
export const harms = ['fin', 'reset', 'half-open', 'drip', 'torn request'] as const;
export type Harm = (typeof harms)[number];

/** A proxy between clients and one server. A connection carries one request. */
export interface Door extends Listening {
  readonly url: string;
  /** The port of the server; undefined while there is none. */
  target: number | undefined;
  /** The share of connections that are harmed. */
  share: number;
  /** Is called when the first bytes of an answer that delivers contacts have come, and not yet gone on. */
  onAnswer: (() => void) | undefined;
  readonly done: Record<Harm, number>;
}

/** An answer is cut somewhere in its first bytes, so that short ones are cut too. */
const FURTHEST = 4_000;

export async function openDoor(random: Random): Promise<Door> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    if (door.target === undefined) return void client.destroy();
    const upstream = dial(door.target, '127.0.0.1');
    const close = () => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', close).once('close', () => {
        sockets.delete(socket);
        close();
      });
    }
    const harm = random.chance(door.share) ? random.pick(harms) : undefined;
    request(client, upstream, harm === 'torn request' ? random.whole(1, 300) : undefined);
    answer(client, upstream, harm, random.whole(0, FURTHEST));
  });

  const request = (client: Socket, upstream: Socket, bytes: number | undefined) => {
    client.on('data', (chunk) => {
      if (bytes === undefined) return void upstream.write(chunk);
      upstream.write(chunk.subarray(0, bytes));
      done['torn request'] += 1;
      upstream.end();
      client.destroy();
    });
    client.on('end', () => upstream.end());
  };

  const answer = (client: Socket, upstream: Socket, harm: Harm | undefined, cutAt: number) => {
    let passed = 0;
    let dripped = false;
    upstream.on('data', async (chunk) => {
      if (passed === 0 && /^pull-seq:/im.test(chunk.toString('latin1', 0, 2000))) door.onAnswer?.();
      const before = passed;
      passed += chunk.length;
      if (harm === 'drip' && !dripped) {
        dripped = true;
        done.drip += 1;
        upstream.pause();
        const slow = chunk.subarray(0, 60);
        for (const byte of slow) {
          client.write(Buffer.of(byte));
          await delay(5);
        }
        client.write(chunk.subarray(slow.length));
        upstream.resume();
        return;
      }
      if (!harm || harm === 'drip' || harm === 'torn request' || passed <= cutAt) {
        client.write(chunk);
        return;
      }
      const rest = chunk.subarray(0, Math.max(0, cutAt - before));
      done[harm] += 1;
      // The server's side stays as it is when a network is lost: it hears nothing.
      upstream.removeAllListeners('data').resume();
      client.write(rest, () => {
        if (harm === 'fin') client.end();
        if (harm === 'reset') client.resetAndDestroy();
      });
    });
    upstream.on('end', () => {
      if (harm !== 'half-open' || passed <= cutAt) client.end();
    });
  };

  const done: Record<Harm, number> = {
    fin: 0,
    reset: 0,
    'half-open': 0,
    drip: 0,
    'torn request': 0,
  };
  const opened = await listen(server);
  const door: Door = {
    port: opened.port,
    url: `http://127.0.0.1:${opened.port}`,
    target: undefined,
    share: 0,
    onAnswer: undefined,
    done,
    close() {
      const closed = opened.close();
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
  return door;
}
