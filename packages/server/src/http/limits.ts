import type { Kysely } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';
import type { Logger } from '../log/log.ts';
import type { GuessKind } from '../operations/operatorCall.ts';
import { createSharedCounter, type Limit, type Standing } from './sharedCounter.ts';
import { subscriberOf } from './subscriber.ts';

const aMinute = (name: string, quota: number): Limit => ({ name, quota, seconds: 60 });

/** Failed authentications of a subscriber. */
const FAILURES = aMinute('failures', 10);
/** Requests of a person at the console. */
const STAFF = aMinute('staff', 1200);
/** Forms by source and subscriber: a robot is slowed before the other visitors are. */
const FORMS = aMinute('form', 20);
/** Wrong passwords, codes and links from one subscriber. */
const GUESSES_FROM: Limit = { name: 'guesses', quota: 15, seconds: 15 * 60 };
/**
 * Wrong guesses at the secret of one person, from wherever: more than one subscriber can make
 * in two windows, so that nobody alone can keep somebody out. A code has 6 digits only.
 */
const GUESSES_AT = {
  password: { name: 'password', quota: 40, seconds: 15 * 60 },
  code: { name: 'code', quota: 10, seconds: 60 * 60 },
} satisfies Record<string, Limit>;

/** Where a caller stands with a limit. */
export interface Allowance {
  /** Seconds until the limit is whole again, when it is used up; undefined: the call may go on. */
  readonly retryAfter: number | undefined;
  /** `RateLimit` and `RateLimit-Policy`, draft-ietf-httpapi-ratelimit-headers-11. */
  readonly headers: Record<string, string>;
}

/** A guess that was counted. */
export interface Guess {
  /** As in Allowance. */
  readonly retryAfter: number | undefined;
  /** Takes it back: it was right. */
  right(): Promise<void>;
}

export interface Limits {
  /** Counts a request of a key. */
  countRequest(keyId: string): Promise<Allowance>;
  /** Counts a failed authentication from an address. */
  countFailure(address: string): Promise<Allowance>;
  /** Where an address stands as far as this process knows: it asks nobody, and counts nothing. */
  failures(address: string): Allowance;
  /** Counts a request of the console. */
  countStaff(staff: number): Promise<Allowance>;
  /** Counts a guess at somebody's secret (the token of a link is nobody's) by a subscriber. */
  countGuess(kind: GuessKind, by: string, whose: string): Promise<Guess>;
  /** Counts a lead of a source, which may send this many a minute. */
  countLead(source: string, perMinute: number): Promise<Allowance>;
  /** Counts a form that a subscriber has sent to a source. */
  countForm(source: string, address: string): Promise<Allowance>;
  close(): Promise<void>;
}

/**
 * The limits: requests by key, failed authentications by subscriber, guesses by subscriber and by
 * person, leads by source and, for forms, by subscriber. They hold for all processes of an
 * installation together: failures and guesses exactly, the others a little later (sharedCounter).
 */
export function createLimits(
  requestsPerMinute: number,
  catalog: Kysely<Catalog>,
  log: Logger,
): Limits {
  const counter = createSharedCounter(catalog, log);
  const requests = aMinute('key', requestsPerMinute);
  const count = async (limit: Limit, subject: string) =>
    allowance(limit, counter.hit(limit, subject));

  return {
    countRequest: (keyId) => count(requests, keyId),
    async countFailure(address) {
      return allowance(FAILURES, await counter.hitAtOnce(FAILURES, subscriberOf(address)));
    },
    failures: (address) => allowance(FAILURES, counter.standing(FAILURES, subscriberOf(address))),
    countStaff: (staff) => count(STAFF, String(staff)),
    async countGuess(kind, by, whose) {
      // Who has used up their guesses does not use up those at the person.
      const at = kind === 'link' ? undefined : GUESSES_AT[kind];
      const from = await counter.hitAtOnce(GUESSES_FROM, by);
      const standing = from.over || !at ? from : await counter.hitAtOnce(at, whose);
      return {
        retryAfter: standing.over ? seconds(standing) : undefined,
        async right() {
          await counter.takeBack(GUESSES_FROM, by);
          if (at) await counter.forget(at, whose);
        },
      };
    },
    countLead: (source, perMinute) => count(aMinute('source', perMinute), source),
    countForm: (source, address) => count(FORMS, `${source} ${subscriberOf(address)}`),
    close: () => counter.close(),
  };
}

const seconds = ({ left }: Standing): number => Math.max(1, Math.ceil(left / 1000));

const allowance = (limit: Limit, standing: Standing): Allowance => ({
  retryAfter: standing.over ? seconds(standing) : undefined,
  headers: {
    'RateLimit-Policy': `"${limit.name}";q=${limit.quota};w=${limit.seconds}`,
    RateLimit: `"${limit.name}";r=${Math.max(0, limit.quota - standing.used)};t=${seconds(standing)}`,
  },
});
