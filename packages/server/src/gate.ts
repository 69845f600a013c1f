import { Refusal } from './refusal.ts';

/** Lets a few pieces of work run at once, and a bounded number wait for their turn. */
export interface Gate {
  /** Runs the work when its turn has come; refuses when too many wait already. */
  pass<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createGate(atOnce: number, mostWaiting: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return {
    async pass(work) {
      if (running >= atOnce) {
        if (waiting.length >= mostWaiting) {
          throw new Refusal('unavailable', 'Too many requests at once.', 1);
        }
        // Whoever ends hands its place on, so nobody can slip in between.
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
