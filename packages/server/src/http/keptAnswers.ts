import { LRUCache } from 'lru-cache';
import { perDatabase } from '../concurrency/perDatabase.ts';
import type { CrmDatabase } from '../installation/databases.ts';
import type { Answer } from '../operations/operation.ts';
import type { Authenticated } from './authenticate.ts';
import { type Sendable, sendable } from './reply.ts';

/** All that is kept, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** An entry beside its body, roughly: text of the request, headers. */
const OVERHEAD = 1_000;
/**
 * How long an answer is kept that nobody asks for, milliseconds. Its state names rows by transaction
 * numbers, of which PostgreSQL has four billion before it begins anew: weeks, not an hour.
 */
const UNASKED = 3_600_000;

/** The answer of an operation as it is sent. */
export interface Sent extends Sendable, Pick<Answer, 'until' | 'state' | 'pull'> {}

/** An answer as it is sent; one that was sent before as it was, with the digest that it has. */
export const sent = ({ body, headers = {}, ...answer }: Answer): Sent => ({
  ...answer,
  ...(typeof body === 'string' ? sendable(body, headers) : { body, headers }),
});

/** Answers of operations that change nothing, for as long as they would be the same. */
export interface KeptAnswers {
  /** The answer that this request had, if it would have it again. */
  find(request: string, now: Authenticated): Sent | undefined;
  /** The answer that it had before, whose state may be what it was. */
  earlier(request: string, now: Authenticated): Sent | undefined;
  /** Keeps an answer that was made, or found to be the same still, after `now` was read. */
  keep(request: string, now: Authenticated, answer: Sent): void;
}

interface Kept extends Pick<Authenticated, 'database' | 'version'> {
  readonly answer: Sent;
}

/**
 * Keeps answers with the version of the database that their request saw before they were made. When
 * a later request, which reads its own version first, sees the same one, nothing was written in
 * between, so the answer is what would be made anew. What depends on the time alone has an end.
 *
 * Versions do not come back: what was made at another than the last that was seen is let go, unless
 * it has a state, by which it may be found to be the same still. While there is much writing hardly
 * anything else is held, and what is asked for between two writes is made once.
 */
export function createKeptAnswers(): KeptAnswers {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    ttl: UNASKED,
    sizeCalculation: ({ answer }, request) => answer.body.length + request.length + OVERHEAD,
  });
  /** The version that was seen last, and the requests whose answers go with it. */
  const last = perDatabase(() => ({ version: '', requests: new Set<string>() }));
  const keptOf = (request: string, database: CrmDatabase) => {
    const found = kept.get(request);
    // What was made in the place that a CRM database was moved from is not its answer.
    return found?.database === database ? found : undefined;
  };
  return {
    find(request, { database, version, now }) {
      const seen = last(database);
      if (seen.version !== version) {
        for (const one of seen.requests) kept.delete(one);
        seen.requests.clear();
        seen.version = version;
      }
      const found = keptOf(request, database);
      if (found?.version !== version) return undefined;
      const { until } = found.answer;
      return until && until <= now ? undefined : found.answer;
    },
    earlier(request, { database }) {
      const found = keptOf(request, database)?.answer;
      return found?.state === undefined ? undefined : found;
    },
    keep(request, { database, version }, answer) {
      const seen = last(database);
      if (answer.state === undefined) {
        if (seen.version !== version) return;
        seen.requests.add(request);
      }
      kept.set(request, { database, version, answer });
    },
  };
}
