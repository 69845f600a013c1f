import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const WINDOW_SECONDS = 60;
/** Failed authentications a minute and address. */
const FAILURES = 10;
/** Requests a minute and person at the console. */
const STAFF = 1200;
/** Forms a minute, source and address: a robot is slowed before the other visitors are. */
const FORMS = 20;
/** Wrong passwords, codes and links from one subscriber, in 15 minutes. */
const GUESSES_FROM = { points: 15, duration: 15 * 60 };
/**
 * Wrong guesses at the secret of one person, from wherever: more than one subscriber can make in two windows, so
 * that nobody alone can keep somebody out. A code has 6 digits only.
 */
const GUESSES_AT = {
  password: { points: 40, duration: 15 * 60 },
  code: { points: 10, duration: 60 * 60 },
};

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
  /** Where an address stands, without counting. */
  failures(address: string): Promise<Allowance>;
  /** Counts a request of the console. */
  countStaff(staff: number): Promise<Allowance>;
  /** Counts a guess at somebody's secret (the token of a link is nobody's) by a subscriber. */
  countGuess(kind: 'password' | 'code' | 'link', by: string, whose: string): Promise<Guess>;
  /** Counts a lead of a source, which may send this many a minute. */
  countLead(source: string, perMinute: number): Promise<Allowance>;
  /** Counts a form that an address has sent to a source. */
  countForm(source: string, address: string): Promise<Allowance>;
}

/**
 * The limits of this process: requests by key, failed authentications by address, guesses by
 * address and by person, leads by source and, for forms, by address.
 */
export function createLimits(requestsPerMinute: number): Limits {
  const byKey = new RateLimiterMemory({ points: requestsPerMinute, duration: WINDOW_SECONDS });
  const byAddress = new RateLimiterMemory({ points: FAILURES, duration: WINDOW_SECONDS });
  const byStaff = new RateLimiterMemory({ points: STAFF, duration: WINDOW_SECONDS });
  const byForm = new RateLimiterMemory({ points: FORMS, duration: WINDOW_SECONDS });
  const guessesFrom = new RateLimiterMemory(GUESSES_FROM);
  const guessesAt = {
    password: new RateLimiterMemory(GUESSES_AT.password),
    code: new RateLimiterMemory(GUESSES_AT.code),
  };
  /** One for each rate, with the sources that have it. */
  const bySource = new Map<number, RateLimiterMemory>();

  const allowance = (name: string, quota: number, state: RateLimiterRes | null, over: boolean) => {
    const seconds = Math.max(1, Math.ceil((state?.msBeforeNext ?? WINDOW_SECONDS * 1000) / 1000));
    const remaining = Math.max(0, state?.remainingPoints ?? quota);
    return {
      retryAfter: over ? seconds : undefined,
      headers: {
        'RateLimit-Policy': `"${name}";q=${quota};w=${WINDOW_SECONDS}`,
        RateLimit: `"${name}";r=${remaining};t=${seconds}`,
      },
    };
  };

  const count = async (limiter: RateLimiterMemory, name: string, subject: string) => {
    try {
      return allowance(name, limiter.points, await limiter.consume(subject), false);
    } catch (state) {
      if (!(state instanceof RateLimiterRes)) throw state;
      return allowance(name, limiter.points, state, true);
    }
  };

  return {
    countRequest: (keyId) => count(byKey, 'key', keyId),
    countFailure: (address) => count(byAddress, 'failures', address),
    failures: async (address) =>
      allowance('failures', byAddress.points, await byAddress.get(address), false),
    countStaff: (staff) => count(byStaff, 'staff', String(staff)),
    async countGuess(kind, by, whose) {
      // Who has used up their guesses does not use up those at the person.
      const from = await count(guessesFrom, 'guesses', by);
      const at = kind === 'link' ? undefined : guessesAt[kind];
      const over = from.retryAfter ?? (at && (await count(at, kind, whose)).retryAfter);
      return {
        retryAfter: over,
        async right() {
          await guessesFrom.reward(by);
          await at?.delete(whose);
        },
      };
    },
    countLead(source, perMinute) {
      const limiter =
        bySource.get(perMinute) ??
        new RateLimiterMemory({ points: perMinute, duration: WINDOW_SECONDS });
      bySource.set(perMinute, limiter);
      return count(limiter, 'source', source);
    },
    countForm: (source, address) => count(byForm, 'form', `${source} ${address}`),
  };
}
