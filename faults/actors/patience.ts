import { setTimeout as delay } from 'node:timers/promises';

/** Longer than any fault with what follows from it, milliseconds. */
const PATIENCE = 180_000;

/** Whoever asked again and again had no answer: what was confirmed to them is gone, or all stands still. */
export class NeverAnswered extends Error {}

/** Gives a short wait between attempts, which fails with a sentence when they were in vain for too long. */
export function untilTooLate(sentence: string): () => Promise<void> {
  const until = Date.now() + PATIENCE;
  return async () => {
    if (Date.now() > until) throw new NeverAnswered(sentence);
    await delay(100);
  };
}
