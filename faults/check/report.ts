/** An invariant that does not hold. */
export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/** Tells that an invariant does not hold, and by what that is seen. */
export type Violated = (invariant: string, what: string) => void;

/** Of each invariant so many are told. */
const MOST = 20;

/** Collects violations; of one that is found over and over the first ones, and how many more. */
export function openReport(): { violated: Violated; violations(): Violation[] } {
  const told: Violation[] = [];
  const counts = new Map<string, number>();
  return {
    violated(invariant, what) {
      const count = (counts.get(invariant) ?? 0) + 1;
      counts.set(invariant, count);
      if (count <= MOST) told.push({ invariant, what });
    },
    violations() {
      const more = [...counts].filter(([, count]) => count > MOST);
      return [
        ...told,
        ...more.map(([invariant, count]) => ({ invariant, what: `and ${count - MOST} more` })),
      ];
    },
  };
}
