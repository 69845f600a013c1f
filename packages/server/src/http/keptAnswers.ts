import { LRUCache } from 'lru-cache';
import type { Answer } from '../operations/operation.ts';
import type { KeyNow } from '../store/keys.ts';
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
  find(request: string, now: KeyNow): Sent | undefined;
  /** Hands out an answer that was made after `now` was read, and keeps it if it is worth it. */
  keep(request: string, now: KeyNow, answer: Answer): Sent;
}

/** What is known of a request: its answer at a version, once that was made twice. */
interface Kept {
  readonly version: string;
  readonly until: number;
  readonly answer: Sent | undefined;
}

/**
 * Keeps answers with the version of the database that their request saw before they were made. When
 * a later request, which reads its own version first, sees the same one, nothing was written in
 * between, so the answer is what would be made anew. What depends on the time alone has an end.
 *
 * An answer is kept when it was made a second time at the same version. While there is much writing
 * none is: they would only fill the memory.
 */
export function createKeptAnswers(): KeptAnswers {
  const kept = new LRUCache<string, Kept>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ answer }, request) =>
      (answer?.body.length ?? 0) + request.length + OVERHEAD,
  });
  return {
    find(request, { version, now }) {
      const found = kept.get(request);
      if (found?.version === version && now.getTime() < found.until) return found.answer;
      return undefined;
    },
    keep(request, { version }, answer) {
      const own = sent(answer);
      const again = kept.get(request)?.version === version;
      const until = answer.until?.getTime() ?? Number.POSITIVE_INFINITY;
      kept.set(request, { version, until, answer: again ? own : undefined });
      return own;
    },
  };
}
