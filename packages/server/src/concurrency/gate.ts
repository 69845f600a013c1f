import { Refusal } from '../refusal.ts';

/** Lets a few pieces of work run at once, and a bounded number wait for their turn. */
export interface Gate {
  /**
   * Runs the work when its turn has come, first come, first served; refuses with `unavailable`
   * when too many wait already, or when it has waited too long. `owner` is whose work it is, where
   * the gate has a limit for each.
   */
  pass<Result>(work: () => Promise<Result>, owner?: unknown): Promise<Result>;
}

interface Waiting {
  readonly owner: unknown;
  start(): void;
}

/** How much the last piece of work counts in the mean. */
const WEIGHT = 0.1;

/**
 * `each`: how much of the work of one owner runs at once. `patience`: the longest wait for a turn,
 * given how long the work takes once it has its turn, in the mean of late; milliseconds.
 */
export function createGate(
  atOnce: number,
  mostWaiting: number,
  options: { each?: number; patience?: (mean: number) => number } = {},
): Gate {
  const { each = atOnce, patience } = options;
  let running = 0;
  let mean = 0;
  const runningOf = new Map<unknown, number>();
  const waiting = new Set<Waiting>();

  const isFree = (owner: unknown) => running < atOnce && (runningOf.get(owner) ?? 0) < each;
  const take = (owner: unknown) => {
    running += 1;
    runningOf.set(owner, (runningOf.get(owner) ?? 0) + 1);
  };
  const giveBack = (owner: unknown) => {
    running -= 1;
    const left = (runningOf.get(owner) ?? 0) - 1;
    if (left > 0) runningOf.set(owner, left);
    else runningOf.delete(owner);
    // Whoever ends hands its place on, so nobody can slip in between.
    for (const next of waiting) {
      if (running >= atOnce) break;
      if (isFree(next.owner)) next.start();
    }
  };

  const turn = (owner: unknown) =>
    new Promise<void>((resolve, reject) => {
      const own: Waiting = {
        owner,
        start() {
          waiting.delete(own);
          clearTimeout(timer);
          take(owner);
          resolve();
        },
      };
      waiting.add(own);
      const timer =
        patience === undefined
          ? undefined
          : setTimeout(() => {
              waiting.delete(own);
              reject(tooMany());
            }, patience(mean));
    });

  return {
    async pass(work, owner) {
      if (isFree(owner)) take(owner);
      else if (waiting.size >= mostWaiting) throw tooMany();
      else await turn(owner);
      const began = performance.now();
      try {
        return await work();
      } finally {
        mean += WEIGHT * (performance.now() - began - mean);
        giveBack(owner);
      }
    },
  };
}

const tooMany = () => new Refusal('unavailable', 'Too many requests at once.', 1);
