import type { Plan } from '../plan.ts';

/** Two clocks of one machine, and the milliseconds that are cut off. */
export const TOLERANCE = 5;

/** Whether a time by PostgreSQL's clock, wherever that stood, lies between two times by ours. */
export function within(plan: Plan, time: number, from: number, to: number): boolean {
  const stands = [{ from: 0, offset: 0 }, ...plan.clock];
  // A clock that is moved is seen a moment later, and is held for up to a minute when it goes back.
  const tolerance = plan.clock.length > 0 ? 1_000 : TOLERANCE;
  return stands.some((stand, index) => {
    const until = stands[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const least = Math.max(from, stand.from - tolerance) + stand.offset - tolerance;
    const most = Math.min(to, until + tolerance) + stand.offset + tolerance;
    return least <= time && time <= most;
  });
}
