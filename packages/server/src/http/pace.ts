import { setTimeout as delay } from 'node:timers/promises';

/** Between two refusals, and the longest that one waits for its turn; milliseconds. */
const APART = 2;
const LONGEST = 2_000;

/**
 * Spreads refusals over time. Callers who ask again at once after a refusal would otherwise keep the
 * process busy with refusing: each of them waits for the next, so it is they who are slowed.
 */
export function createPace(): () => Promise<void> {
  let free = 0;
  return async () => {
    const now = performance.now();
    free = Math.max(now, free) + APART;
    const wait = Math.min(LONGEST, free - now - APART);
    if (wait > 0) await delay(wait);
  };
}
