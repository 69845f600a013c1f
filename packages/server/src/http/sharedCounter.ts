import type { Kysely } from 'kysely';
import { inTime } from '../concurrency/inTime.ts';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import { sha256 } from '../keys/encoding.ts';
import { errorFields, type Logger } from '../log/log.ts';
import { addHits, clearHits, forgetHits, type Total, takeHitBack } from '../store/limits.ts';

/** So many hits, within a window that begins with the first. */
export interface Limit {
  readonly name: string;
  readonly quota: number;
  readonly seconds: number;
}

/** Where a subject stands with a limit. */
export interface Standing {
  readonly used: number;
  /** Milliseconds until the window ends. */
  readonly left: number;
  /** The hit was one too many. */
  readonly over: boolean;
}

/** Counts hits, for all the processes of an installation. Nothing here ever throws. */
export interface SharedCounter {
  /**
   * Counts at once in this process, and tells the others a little later, once it matters: see
   * SHARE. For what is frequent.
   */
  hit(limit: Limit, subject: string): Standing;
  /**
   * Counts in the catalog, which decides in the order in which hits arrive there. For what is rare
   * and matters each time. While the catalog is away each process decides alone.
   */
  hitAtOnce(limit: Limit, subject: string): Promise<Standing>;
  /** Where a subject stands as far as this process knows: nobody is asked. */
  standing(limit: Limit, subject: string): Standing;
  takeBack(limit: Limit, subject: string): Promise<void>;
  forget(limit: Limit, subject: string): Promise<void>;
  /** Tells the others what they have not heard of. */
  close(): Promise<void>;
}

/**
 * A process tells of its hits when they are this share of what it knows to be left: quiet traffic
 * writes nothing. So each further process may let this share of a quota through unseen, and what
 * comes in between two exchanges.
 */
const SHARE = 0.1;
/** All times in milliseconds. */
const EXCHANGE_EVERY = 500;
const SWEEP_EVERY = 10_000;
const CLEAR_EVERY = 60_000;
/** How long a hit waits for the catalog. */
const PATIENCE = 1_000;
/** How long the catalog is left alone after it did not answer. */
const AWAY = 2_000;
/** A subject that is over its limit is refused without asking the catalog for so long. */
const REFUSED = 5_000;
/** Windows told of in one statement. */
const BATCH = 1_000;

/** What this process knows of a window. */
interface Window {
  readonly name: string;
  readonly subject: string;
  /** The total that the catalog told last. */
  known: number;
  /** Hits that are on their way there. */
  sending: number;
  /** Hits that it has not heard of. */
  unsent: number;
  /** By the clock of this process, which is never put back. */
  endsAt: number;
  refusedUntil: number;
}

const used = (window: Window): number => window.known + window.sending + window.unsent;
const left = (window: Window): number => Math.max(0, window.endsAt - performance.now());

export function createSharedCounter(catalog: Kysely<Catalog>, log: Logger): SharedCounter {
  const windows = new Map<string, Window>();
  /** Those to tell of at the next exchange. */
  const due = new Set<Window>();
  let awayUntil = Number.NEGATIVE_INFINITY;
  let away = false;
  let exchanging: Promise<void> | undefined;

  const find = ({ name }: Limit, subject: string): Window | undefined => {
    const window = windows.get(`${name} ${subject}`);
    return window && left(window) > 0 ? window : undefined;
  };
  const open = (limit: Limit, subject: string): Window => {
    const found = find(limit, subject);
    if (found) return found;
    const window: Window = {
      name: limit.name,
      subject,
      known: 0,
      sending: 0,
      unsent: 0,
      endsAt: performance.now() + limit.seconds * 1000,
      refusedUntil: 0,
    };
    windows.set(`${limit.name} ${subject}`, window);
    return window;
  };

  /** What the catalog says, or undefined when it does not answer in time. */
  const ask = async <Result>(question: () => Promise<Result>): Promise<Result | undefined> => {
    if (performance.now() < awayUntil) return undefined;
    try {
      const answer = await inTime(question(), PATIENCE);
      if (away) log.info('limits hold across processes again');
      away = false;
      return answer;
    } catch (error) {
      awayUntil = performance.now() + AWAY;
      if (!away) log.warn(errorFields(error), 'each process limits alone: the catalog is away');
      away = true;
      return undefined;
    }
  };

  /** Tells of the windows' hits and of as many more each; undefined: nobody has heard of them. */
  const tell = async (told: readonly Window[], more = 0): Promise<Total[] | undefined> => {
    const hits = told.map((window) => {
      const { name, subject, unsent } = window;
      window.sending += unsent;
      window.unsent = 0;
      return { name, subject: sha256(subject), hits: unsent + more, left: left(window) };
    });
    const totals = await ask(() => addHits(catalog, hits));
    for (const [at, window] of told.entries()) {
      const sent = (hits[at]?.hits ?? 0) - more;
      window.sending -= sent;
      const total = totals?.[at];
      if (total) {
        window.known = total.hits;
        window.endsAt = performance.now() + total.left;
      } else {
        window.unsent += sent;
      }
    }
    return totals;
  };

  const exchange = async () => {
    const all = [...due].filter((window) => window.unsent > 0 && left(window) > 0);
    due.clear();
    for (let from = 0; from < all.length; from += BATCH) {
      const told = all.slice(from, from + BATCH);
      if (!(await tell(told))) for (const window of told) due.add(window);
    }
  };
  const sweep = () => {
    for (const [name, window] of windows) if (left(window) === 0) windows.delete(name);
  };
  const timers = [
    setInterval(() => {
      if (due.size === 0) return;
      exchanging ??= exchange().finally(() => {
        exchanging = undefined;
      });
    }, EXCHANGE_EVERY).unref(),
    setInterval(sweep, SWEEP_EVERY).unref(),
    setInterval(() => void ask(() => clearHits(catalog)), CLEAR_EVERY).unref(),
  ];

  const counter: SharedCounter = {
    hit(limit, subject) {
      const window = open(limit, subject);
      // What is refused is not counted: a flood is not told of.
      const over = used(window) >= limit.quota;
      if (!over) {
        window.unsent += 1;
        if (window.unsent >= SHARE * (limit.quota - window.known)) due.add(window);
      }
      return { used: used(window), left: left(window), over };
    },
    async hitAtOnce(limit, subject) {
      const window = open(limit, subject);
      if (window.refusedUntil > performance.now()) {
        return { used: window.known, left: left(window), over: true };
      }
      const [told] = (await tell([window], 1)) ?? [];
      if (!told) return counter.hit(limit, subject);
      const over = told.hits > limit.quota;
      if (over) window.refusedUntil = performance.now() + REFUSED;
      return { used: told.hits, left: told.left, over };
    },
    standing(limit, subject) {
      const window = find(limit, subject);
      if (!window) return { used: 0, left: limit.seconds * 1000, over: false };
      return { used: used(window), left: left(window), over: false };
    },
    async takeBack(limit, subject) {
      const window = find(limit, subject);
      if (window) {
        window.refusedUntil = 0;
        if (window.unsent > 0) window.unsent -= 1;
        else window.known = Math.max(0, window.known - 1);
      }
      await ask(() => takeHitBack(catalog, limit.name, sha256(subject)));
    },
    async forget(limit, subject) {
      windows.delete(`${limit.name} ${subject}`);
      await ask(() => forgetHits(catalog, limit.name, sha256(subject)));
    },
    async close() {
      for (const timer of timers) clearInterval(timer);
      await exchanging;
      for (const window of windows.values()) due.add(window);
      await exchange();
    },
  };
  return counter;
}
