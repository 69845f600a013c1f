import { randomUUID } from 'node:crypto';
import type { DemoClient } from '../clients.ts';
import { type Door, GOOGLE, PORTAL, SITE } from '../doors.ts';
import { type Random, seeded } from '../random.ts';
import { enquiries, type Twist } from './enquiries.ts';
import { repeat } from './repeat.ts';
import { leadRequest } from './request.ts';

/** Milliseconds before the next lead and the next pull, after so many. */
export interface Pace {
  readonly lead: (random: Random, done: number) => number;
  readonly pull: (random: Random, done: number) => number;
}

/** A lead each 4 to 10 seconds, the first ones sooner; a pull each 20 to 40. */
const LIFELIKE: Pace = {
  lead: (random, done) => (done < 6 ? 1_200 : random.int(4_000, 10_000)),
  pull: (random, done) => (done === 0 ? 5_000 : random.int(20_000, 40_000)),
};

/** How long an answer is waited for, milliseconds. */
const PATIENCE = 10_000;
const NO_ANSWER = 'no answer';

/** What comes at which door, over and over: what is odd shows within the first minutes. */
const COURSE: readonly (readonly [door: string, twist: Twist])[] = [
  [SITE, 'plain'],
  [PORTAL, 'plain'],
  [GOOGLE, 'plain'],
  [SITE, 'joins'],
  [PORTAL, 'misspelt'],
  [GOOGLE, 'plain'],
  [SITE, 'noTelephone'],
  [PORTAL, 'again'],
  [GOOGLE, 'plain'],
  [SITE, 'plain'],
  [PORTAL, 'mistyped'],
  [GOOGLE, 'trial'],
  [SITE, 'plain'],
  [PORTAL, 'plain'],
  [GOOGLE, 'joins'],
  [SITE, 'noConsent'],
  [PORTAL, 'plain'],
  [GOOGLE, 'plain'],
  [SITE, 'plain'],
  [PORTAL, 'again'],
  [GOOGLE, 'unmapped'],
  [SITE, 'plain'],
  [PORTAL, 'plain'],
  [GOOGLE, 'again'],
  [SITE, 'robot'],
  [PORTAL, 'unreachable'],
];

export interface Traffic {
  /** Sends nothing more; what is under way is finished first. */
  stop(): Promise<void>;
}

/**
 * Sends leads to the server's own doors and pulls from it, as the outside world does, until it is
 * stopped. A request that fails is told once, until one goes well again; it stops nothing.
 */
export function startTraffic(options: {
  readonly url: string;
  readonly doors: ReadonlyMap<string, Door>;
  readonly clients: readonly DemoClient[];
  /** Another seed makes other people. */
  readonly seed: number;
  readonly say: (sentence: string) => void;
  readonly pace?: Pace;
}): Traffic {
  const { url, doors, clients, seed, pace = LIFELIKE } = options;
  const stopping = new AbortController();
  const post = poster(options.say);
  const random = seeded(seed);
  const next = enquiries(random);

  const sendLead = async (done: number) => {
    const [nom, twist] = COURSE[done % COURSE.length] ?? [SITE, 'plain'];
    const door = doors.get(nom);
    if (!door) return;
    const enquiry = next(twist, door.format === 'google' ? 'answers' : 'message');
    await post('lead', `${url}/intake/v1/${nom}`, leadRequest(door.format, enquiry, door.token));
  };

  /** A pull whose answer did not come is repeated under its key, as clients are asked to. */
  let pull = { done: 0, idempotencyKey: randomUUID(), limit: random.int(1, 5) };
  const sendPull = async () => {
    const client = clients[pull.done % clients.length];
    if (!client) return;
    const { limit, idempotencyKey } = pull;
    const headers = { 'x-api-key': client.key, 'idempotency-key': idempotencyKey };
    const body = JSON.stringify({ operation: 'pullContacts', limit });
    if (await post('pull', `${url}/api/v1`, { headers, body })) {
      const done = pull.done + 1;
      pull = { done, idempotencyKey: randomUUID(), limit: random.int(1, 5) };
    }
  };

  const running = [
    repeat(stopping.signal, (done) => pace.lead(random, done), sendLead),
    repeat(stopping.signal, (done) => pace.pull(random, done), sendPull),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(running);
    },
  };
}

/** Posts, and gives whether there was an answer. Nothing of what was sent is told. */
function poster(say: (sentence: string) => void) {
  const failing = new Set<string>();
  return async (
    what: 'lead' | 'pull',
    url: string,
    request: { headers: Readonly<Record<string, string>>; body: string },
  ): Promise<boolean> => {
    const problem = await problemOf(url, request);
    if (problem === undefined) {
      failing.delete(what);
      return true;
    }
    if (!failing.has(what)) say(`The demo's ${what} failed (${problem}); it goes on trying.`);
    failing.add(what);
    return problem !== NO_ANSWER;
  };
}

/** What was wrong with the answer to a request, or with the way to it; undefined: nothing. */
async function problemOf(
  url: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
): Promise<string | undefined> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(url, { method: 'POST', headers: { ...headers }, body, signal });
    await response.arrayBuffer();
    if (response.ok) return undefined;
    return response.headers.get('error-code') ?? `status ${response.status}`;
  } catch {
    return NO_ANSWER;
  }
}
