/** One connection's work: makes a call and gives how many contacts it brought. */
export type Worker = () => Promise<number>;

/** Something to measure: as many calls at a time as it has workers. */
export interface Variant {
  readonly workers: readonly Worker[];
  /** The contacts that each call must bring. */
  readonly contacts: number;
  /** Calls in a round at the most, where there is not enough for more. */
  readonly most?: number;
  /** Puts back what a round has used up; not measured. */
  readonly restore?: () => Promise<void>;
}

/** What was measured: calls a second, and how long a call took, in milliseconds. */
export interface Measured {
  /** The median of the rounds. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Of each round. */
  readonly rates: readonly number[];
}

const LEAST_ROUNDS = 3;

export interface Rounds {
  readonly rounds: number;
  /** How long a round of one variant lasts, milliseconds. */
  readonly time: number;
  /** After this, by performance.now(), no more than `LEAST_ROUNDS` are made. */
  readonly deadline: number;
  /** Runs before every round; not measured. */
  readonly before?: () => Promise<void>;
}

/**
 * Measures variants in turns, forth and back (A B B A), so that whatever drifts meets all of them.
 * The first round warms up and does not count.
 */
export async function measure<Name extends string>(
  variants: Readonly<Record<Name, Variant>>,
  { rounds, time, deadline, before }: Rounds,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(variants) as Name[];
  const rates = new Map<Name, number[]>(names.map((name) => [name, []]));
  const latencies = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    if (round > LEAST_ROUNDS && performance.now() > deadline) break;
    await before?.();
    for (const name of round % 2 ? names : names.toReversed()) {
      const done = await runRound(variants[name], time);
      if (round === 0) continue;
      rates.get(name)?.push(done.rate);
      latencies.get(name)?.push(...done.latencies);
    }
  }
  const results = names.map((name) => {
    const took = latencies.get(name) ?? [];
    const own = rates.get(name) ?? [];
    return [
      name,
      { rate: quantile(own, 0.5), p50: quantile(took, 0.5), p99: quantile(took, 0.99), rates: own },
    ];
  });
  return Object.fromEntries(results) as Record<Name, Measured>;
}

async function runRound(variant: Variant, time: number) {
  const latencies: number[] = [];
  let calls = 0;
  const began = performance.now();
  const work = async (worker: Worker) => {
    while (performance.now() - began < time && calls < (variant.most ?? Infinity)) {
      calls += 1;
      const start = performance.now();
      const contacts = await worker();
      latencies.push(performance.now() - start);
      if (contacts !== variant.contacts) {
        throw new Error(`a call brought ${contacts} contacts instead of ${variant.contacts}`);
      }
    }
  };
  await Promise.all(variant.workers.map(work));
  const seconds = (performance.now() - began) / 1000;
  await variant.restore?.();
  return { rate: latencies.length / seconds, latencies };
}

/** The ratio of two rates: the median over the rounds, each compared with its own neighbour. */
export const ratio = (left: Measured, right: Measured): number =>
  quantile(
    left.rates.map((rate, round) => rate / (right.rates[round] ?? Number.NaN)),
    0.5,
  );

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
