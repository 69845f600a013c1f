import { LRUCache } from 'lru-cache';
import type { CrmDatabase } from '../databases.ts';
import type { Answer } from '../operations/operation.ts';
import { perDatabase } from '../perDatabase.ts';
import type { Authenticated } from './authenticate.ts';
import { type Sendable, sendable } from './reply.ts';

/** All that is kept, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024;
/** An entry beside its body, roughly: text of the request, headers. */
const OVERHEAD = 1_000;

/** The answer of an operation as it is sent. */
export interface Sent extends Sendable {
  /** As in Answer. */
  readonly pull: string | undefined;
}

export const sent = ({ body, headers, pull }: Answer): Sent => ({
  ...sendable(body, headers),
  pull,
});

/** Answers of operations that change nothing, for as long as they would be the same. */
export interface KeptAnswers {
  /** The answer that this request had, if it would have it again. */
  find(request: string, now: Authenticated): Sent | undefined;
  /** Hands out an answer that was made after `now` was read, and keeps it while it would be the same. */
  keep(request: string, now: Authenticated, answer: Answer): Sent;
}

interface Kept {
  readonly database: CrmDatabase;
  readonly until: number;
  readonly answer: Sent;
}

/**
 * Keeps answers with the version of the database that their request saw before they were made. When
 * a later request, which reads its own version first, sees the same one, nothing was written in
 * between, so the answer is what would be made anew. What depends on the time alone has an end.
 *
 * Versions do not come back: what was made at another than the last that was seen is let go. While
 * there is much writing hardly anything is held, and what is asked for between two writes is made
 * once.
 */
export function createKeptAnswers(): KeptAnswers {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ answer }, request) => answer.body.length + request.length + OVERHEAD,
  });
  /** The version that was seen last: what is kept was made at it. */
  const last = perDatabase(() => ({ version: '' }));
  const letGo = (of: CrmDatabase) => {
    for (const [request, { database }] of kept.entries()) {
      if (database === of) kept.delete(request);
    }
  };
  return {
    find(request, { database, version, now }) {
      if (last(database).version !== version) {
        last(database).version = version;
        letGo(database);
      }
      const found = kept.get(request);
      // What was made in the place that a CRM database was moved from is not its answer.
      const own = found?.database === database ? found : undefined;
      return own && now.getTime() < own.until ? own.answer : undefined;
    },
    keep(request, { database, version }, answer) {
      const own = sent(answer);
      const until = answer.until?.getTime() ?? Number.POSITIVE_INFINITY;
      if (last(database).version === version) {
        kept.set(request, { database, until, answer: own });
      }
      return own;
    },
  };
}
