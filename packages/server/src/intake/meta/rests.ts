/** Until when something rests, by name. */
export interface Rests {
  /** Seconds that are left; 0 when it does not rest. */
  left(name: string): number;
  /** Lets it rest for so many seconds, or for what is left if that is longer. */
  rest(name: string, seconds: number): void;
}

export function createRests(now: () => number): Rests {
  const until = new Map<string, number>();
  const left = (name: string) => Math.max(0, Math.ceil(((until.get(name) ?? 0) - now()) / 1000));
  return {
    left,
    rest(name, seconds) {
      until.set(name, now() + Math.max(seconds, left(name)) * 1000);
    },
  };
}
