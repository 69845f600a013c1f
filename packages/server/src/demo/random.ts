/** Random choices that a seed decides: the same seed makes the same choices, on every machine. */
export type Random = {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  weighted<T extends { weight: number }>(choices: readonly T[]): T;
  /** A text of `length` of these characters. */
  text(characters: string, length: number): string;
};

export function seeded(seed: number): Random {
  const next = mulberry32(seed);
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (choices) => at(choices, int(0, choices.length - 1)),
    weighted(choices) {
      let rest = next() * choices.reduce((sum, { weight }) => sum + weight, 0);
      for (const choice of choices) {
        rest -= choice.weight;
        if (rest < 0) return choice;
      }
      return at(choices, choices.length - 1);
    },
    text: (characters, length) =>
      Array.from({ length }, () => characters.charAt(int(0, characters.length - 1))).join(''),
  };
}

function at<T>(choices: readonly T[], index: number): T {
  if (choices.length === 0) throw new Error('nothing to choose from');
  return choices[index] as T;
}

/** 32 bits of state, no dependency, and good enough for people who do not exist. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
