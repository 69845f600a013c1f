import type { Round } from './load.ts';
import { cpuOf, cpuOfChildren } from './processes.ts';

/** Something to measure. */
export interface Variant {
  /** Makes calls for so many milliseconds, or until there is nothing left to pull. */
  run(time: number): Promise<Omit<Round, 'ids'>>;
  /** The process that serves them. */
  readonly pid?: number | undefined;
  /** Puts back what a round has used up; not measured. */
  readonly restore?: () => Promise<void>;
}

/** What was measured. Rates are calls a second that were served, times milliseconds. */
export interface Measured {
  /** The median of the rounds. */
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** CPU time of a call in the serving process, and in the backends of PostgreSQL. */
  readonly cpu: number;
  readonly postgres: number;
  /** Calls that were put off with 503, and calls that failed. */
  readonly shed: number;
  readonly failed: number;
  readonly failure: string | undefined;
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
  /** The process whose children are the backends of PostgreSQL; NaN when it is elsewhere. */
  readonly postmaster?: number;
}

/** What the rounds of a variant came to. */
interface Sums {
  readonly rates: number[];
  readonly latencies: number[];
  cpu: number;
  postgres: number;
  shed: number;
  failed: number;
  failure: string | undefined;
}

/**
 * Measures variants in turns, forth and back (A B B A), so that whatever drifts meets all of them.
 * The first round warms up and does not count.
 */
export async function measure<Name extends string>(
  variants: Readonly<Record<Name, Variant>>,
  { rounds, time, deadline, before, postmaster = Number.NaN }: Rounds,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(variants) as Name[];
  const sums = names.map((): Sums => {
    const counts = { cpu: 0, postgres: 0, shed: 0, failed: 0, failure: undefined };
    return { rates: [], latencies: [], ...counts };
  });
  for (let round = 0; round <= rounds; round += 1) {
    if (round > LEAST_ROUNDS && performance.now() > deadline) break;
    await before?.();
    const order = names.map((_, place) => place);
    for (const place of round % 2 ? order : order.toReversed()) {
      const variant = variants[names[place] as Name];
      const sum = sums[place] as Sums;
      const cpu = () => (variant.pid === undefined ? 0 : cpuOf(variant.pid));
      const [ownBefore, theirsBefore] = [cpu(), cpuOfChildren(postmaster)];
      const done = await variant.run(time);
      const [own, theirs] = [cpu() - ownBefore, cpuOfChildren(postmaster) - theirsBefore];
      await variant.restore?.();
      if (round === 0) continue;
      sum.rates.push(done.latencies.length / done.seconds);
      for (const latency of done.latencies) sum.latencies.push(latency);
      sum.cpu += own;
      sum.postgres += theirs;
      sum.shed += done.shed;
      sum.failed += done.failed;
      sum.failure ??= done.failure;
    }
  }
  const results = names.map((name, place) => [name, summary(sums[place] as Sums)]);
  return Object.fromEntries(results) as Record<Name, Measured>;
}

function summary({ rates, latencies, cpu, postgres, ...counts }: Sums): Measured {
  const sorted = latencies.sort((left, right) => left - right);
  return {
    ...counts,
    rate: median(rates),
    p50: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    cpu: cpu / latencies.length,
    postgres: postgres / latencies.length,
    rates,
  };
}

/** Makes the calls of a variant in this process, one after another; each must bring a contact. */
export function inProcess(call: () => Promise<number>, most = Number.POSITIVE_INFINITY): Variant {
  return {
    async run(time) {
      const latencies: number[] = [];
      const began = performance.now();
      while (performance.now() - began < time && latencies.length < most) {
        const start = performance.now();
        if ((await call()) !== 1) throw new Error('a call brought nothing');
        latencies.push(performance.now() - start);
      }
      return { seconds: (performance.now() - began) / 1000, latencies, shed: 0, failed: 0 };
    },
  };
}

/** The ratio of two rates: the median over the rounds, each compared with its own neighbour. */
export const ratio = (left: Measured, right: Measured): number =>
  median(left.rates.map((rate, round) => rate / (right.rates[round] ?? Number.NaN)));

const median = (values: readonly number[]): number =>
  quantile(
    values.toSorted((left, right) => left - right),
    0.5,
  );

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
