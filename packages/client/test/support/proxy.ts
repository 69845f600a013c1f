import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What may happen to a request: each a share of all. */
export interface Mischief {
  /** Cut before it reaches the server. */
  readonly refused: number;
  /** Answered by the server, and cut before the answer. */
  readonly lost: number;
  /** Cut in the middle of the answer. */
  readonly torn: number;
  /** One byte of the answer's body is another. */
  readonly altered: number;
  /** Comes late. */
  readonly late: number;
}

export interface Proxy {
  readonly url: string;
  /** How often each thing was done. */
  readonly done: Record<keyof Mischief | 'passed', number>;
  close(): Promise<void>;
}

interface ProxyOptions {
  /** Where the server is now; undefined while it is away. */
  readonly target: () => string | undefined;
  readonly mischief: Mischief;
  /** From 0 to 1, by a seed. */
  readonly random: () => number;
  /** Is told of every request, at a moment of the test's choice. */
  readonly onMoment?: (moment: 'asked' | 'answering' | 'answered') => void;
}

/** An HTTP proxy that cuts, delays and alters answers. */
export async function openProxy(options: ProxyOptions): Promise<Proxy> {
  const done = { refused: 0, lost: 0, torn: 0, altered: 0, late: 0, passed: 0 };
  const server = createServer(async (incoming, outgoing) => {
    outgoing.on('error', () => {});
    const kind = choose(options.mischief, options.random());
    try {
      await pass(incoming, outgoing, kind, options);
      done[kind] += 1;
    } catch {
      outgoing.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    done,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function choose(mischief: Mischief, random: number): keyof Mischief | 'passed' {
  let sum = 0;
  for (const [kind, share] of Object.entries(mischief)) {
    sum += share;
    if (random < sum) return kind as keyof Mischief;
  }
  return 'passed';
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  kind: keyof Mischief | 'passed',
  { target, random, onMoment }: ProxyOptions,
): Promise<void> {
  const body = await buffer(incoming);
  onMoment?.('asked');
  const url = target();
  if (kind === 'refused' || !url) return void outgoing.destroy();
  const answer = await forward(new URL(incoming.url ?? '/', url), incoming, body);
  onMoment?.('answering');
  if (kind === 'lost') return void outgoing.destroy();
  if (kind === 'late') await delay(random() * 100);
  if (kind === 'altered' && answer.body.length > 0) {
    const at = Math.floor(random() * answer.body.length);
    answer.body[at] = (answer.body[at] ?? 0) ^ (1 << Math.floor(random() * 7));
  }
  outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  if (kind === 'torn') {
    outgoing.write(answer.body.subarray(0, Math.floor(answer.body.length * random())), () =>
      outgoing.destroy(),
    );
    return;
  }
  outgoing.end(answer.body, () => onMoment?.('answered'));
}

interface Answered {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

const forward = (url: URL, { method, headers }: IncomingMessage, body: Buffer): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const { connection: _connection, host: _host, ...rest } = headers;
    const sent = request(url, { method, headers: rest, agent: false }, async (response) => {
      try {
        const { 'transfer-encoding': _coding, connection: _end, ...given } = response.headers;
        resolve({
          status: response.statusCode ?? 502,
          headers: given,
          body: await buffer(response),
        });
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', reject);
    sent.end(body);
  });
