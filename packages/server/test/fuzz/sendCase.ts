import { createHmac } from 'node:crypto';
import { Agent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import type { Case } from './cases.ts';
import { APP_SECRET, type FuzzKey, type World } from './world.ts';

/** An answer, read whole; undefined where the connection ended without one. */
export interface FuzzAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What was sent, with what the world had in the place of names. */
export interface Sent {
  readonly answer: FuzzAnswer | undefined;
  readonly key: FuzzKey | undefined;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const PLACE = /(?:@|%40)([a-z-]+)(?:#|%23)(\d+)(?:@|%40)/g;
const TEXT_PLACE = /@key-text@/g;

/** Puts what the server has made in the place of the names that stand for it. */
function filled(world: World, text: string): string {
  const { made } = world.live;
  return text
    .replace(TEXT_PLACE, () => made.get('key-text')?.[0] ?? '')
    .replace(PLACE, (whole, kind: string, at: string) => {
      const known = made.get(kind);
      return known?.length ? (known[Number(at) % known.length] ?? whole) : whole;
    });
}

const filledBytes = (world: World, bytes: Buffer): Buffer =>
  Buffer.from(filled(world, bytes.toString('latin1')), 'latin1');

const of = <T>(list: readonly T[], pick: number): T | undefined => list[pick % list.length];

let addresses = 0;
/** An address of its own for each request: what is counted by address is not tried here. */
function nextAddress(): string {
  addresses += 1;
  return `2001:db8:${Math.floor(addresses / 65_536).toString(16)}:${(addresses % 65_536).toString(16)}::1`;
}

function credentials(world: World, one: Case, body: Buffer): Record<string, string> {
  const { live } = world;
  switch (one.who) {
    case 'key':
      return { 'x-api-key': of(live.keys, one.pick)?.text ?? '' };
    case 'sandbox':
      return { 'x-api-key': of(live.sandboxKeys, one.pick)?.text ?? '' };
    case 'stranger':
      return {
        'x-api-key': live.stranger,
        cookie: `relais_session=${'0'.repeat(64)}`,
        'x-source-token': live.stranger,
      };
    case 'staff':
      return { cookie: of(live.cookies, one.pick) ?? '', origin: world.url };
    case 'source':
      return {
        'x-source-token': live.made.get('json')?.[0] ?? '',
        'x-hub-signature-256': `sha256=${createHmac('sha256', APP_SECRET).update(body).digest('hex')}`,
      };
    case 'nobody':
      return {};
  }
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const PATIENCE = 30_000;

/** Sends a case and reads its answer. */
export async function sendCase(world: World, one: Case): Promise<Sent> {
  const body = filledBytes(world, one.body);
  if (one.door === 'raw') {
    const answer = await exchange(world.url, body);
    return {
      answer,
      key: world.live.keys.find(({ text }) => body.includes(text)),
      body,
      headers: {},
    };
  }
  const bodiless = one.method === 'GET' || one.method === 'HEAD';
  const headers: Record<string, string> = {
    'x-forwarded-for': nextAddress(),
    ...credentials(world, one, body),
    ...one.headers,
    ...(bodiless ? {} : { 'content-length': String(body.length) }),
  };
  const keys = [...world.live.keys, ...world.live.sandboxKeys];
  const key = keys.find(({ text }) => text === headers['x-api-key']);
  const { hostname, port } = new URL(world.url);
  const path = filled(world, one.path);
  const answer = await new Promise<FuzzAnswer | undefined>((resolve) => {
    const request = httpRequest(
      { agent, hostname, port, path, method: one.method, headers, setHost: !('host' in headers) },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', () => resolve(undefined));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts),
          }),
        );
      },
    );
    request.setTimeout(PATIENCE, () => request.destroy());
    request.on('error', () => resolve(undefined));
    request.end(bodiless ? undefined : body);
  });
  return { answer, key, body, headers };
}

/** Sends bytes on a connection of their own; gives the first answer. */
async function exchange(url: string, bytes: Buffer): Promise<FuzzAnswer | undefined> {
  const { hostname, port } = new URL(url);
  const all = await new Promise<Buffer>((resolve) => {
    const parts: Buffer[] = [];
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.on('data', (part) => parts.push(part));
    socket.on('error', () => {});
    socket.on('close', () => resolve(Buffer.concat(parts)));
    socket.setTimeout(PATIENCE, () => socket.destroy());
  });
  // An interim answer is none.
  const text = all.toString('latin1').replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const length = Number(headers['content-length'] ?? 0);
  return {
    status: Number(first.split(' ')[1]),
    headers,
    body: Buffer.from(text.slice(end + 4, end + 4 + length), 'latin1'),
  };
}
