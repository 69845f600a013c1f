import { createServer, connect as dial, type Socket } from 'node:net';
import { type Listening, listen } from './listen.ts';
import type { Random } from './random.ts';

/** What the wire does to commits: cut before COMMIT arrives, or after it was made and unheard. */
export type WireCut = 'before commit' | 'after commit';

/** A proxy between the servers and PostgreSQL that can be switched to another, and cut. */
export interface Wire extends Listening {
  /** The socket of the PostgreSQL that connections go to from now on. */
  target: string;
  /** Which commits are cut, and what share of them. */
  cut: { when: WireCut; share: number } | undefined;
  /** True: nothing passes, and nobody is told. */
  silent: boolean;
  /** What is open is dead from now on, and nobody is told; what is opened anew passes. */
  lose(): void;
  /** How many commits were cut, by when. */
  readonly done: Record<WireCut, number>;
  /** Drops every connection. */
  drop(): void;
}

const COMMIT = /^\s*commit\b/i;

/** Opens the proxy on a free port of the loopback address. */
export async function openWire(target: string, random: Random): Promise<Wire> {
  const pairs = new Set<[Socket, Socket]>();
  const lost = new WeakSet<[Socket, Socket]>();
  const held: (() => void)[] = [];
  const server = createServer((client) => {
    const database = dial(wire.target);
    const pair: [Socket, Socket] = [client, database];
    pairs.add(pair);
    const close = () => {
      pairs.delete(pair);
      client.destroy();
      database.destroy();
    };
    let unheard = false;
    const asks = messages((type, body) => {
      // Query holds the text, Parse the name of the statement and then the text.
      const text =
        type === 'Q' ? body : type === 'P' ? body.subarray(body.indexOf(0) + 1) : undefined;
      if (!text || !wire.cut || !COMMIT.test(text.toString('latin1', 0, 20))) return;
      if (!random.chance(wire.cut.share)) return;
      if (wire.cut.when === 'after commit') {
        unheard = true;
        return;
      }
      wire.done['before commit'] += 1;
      close();
    }, true);
    const says = messages((type, body) => {
      if (!unheard || type !== 'C' || !body.toString('latin1').startsWith('COMMIT')) return;
      unheard = false;
      wire.done['after commit'] += 1;
      close();
    }, false);
    for (const [from, to, see] of [
      [client, database, asks],
      [database, client, says],
    ] as const) {
      from.on('error', close).on('close', close);
      from.on('data', (chunk: Buffer) => {
        const pass = () => {
          if (lost.has(pair)) return;
          see(chunk);
          if (!to.destroyed && !from.destroyed && !to.write(chunk)) {
            from.pause();
            to.once('drain', () => from.resume());
          }
        };
        if (wire.silent) held.push(pass);
        else pass();
      });
    }
  });
  let silent = false;
  const wire: Wire = {
    ...(await listen(server)),
    target,
    cut: undefined,
    get silent() {
      return silent;
    },
    set silent(value) {
      silent = value;
      if (!silent) for (const pass of held.splice(0)) pass();
    },
    done: { 'before commit': 0, 'after commit': 0 },
    lose() {
      for (const pair of pairs) lost.add(pair);
    },
    drop() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        wire.drop();
        server.close(() => resolve());
      }),
  };
  return wire;
}

/** Takes the messages of one direction apart; the first of a client's has no type. */
function messages(on: (type: string, body: Buffer) => void, startup: boolean) {
  let rest = Buffer.alloc(0);
  let first = startup;
  return (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = first ? 0 : 1;
      if (rest.length < head + 4) return;
      const length = rest.readUInt32BE(head);
      if (rest.length < head + length) return;
      const type = first ? '' : rest.toString('latin1', 0, 1);
      first = false;
      const body = rest.subarray(head + 4, head + length);
      rest = rest.subarray(head + length);
      on(type, body);
    }
  };
}
