import type { Fault } from './fault.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const moved = (name: string, offset: number): Fault => ({
  name: `clock: ${name}`,
  lasts: [2_000, 4_000],
  async inject(world) {
    const { clock } = world;
    if (!clock) throw new Error('there is no clock to move');
    // Who repeats a request after 31 days has another: nobody is left between.
    await world.whileResting(() => clock.set(offset));
    return () => world.whileResting(() => clock.set(0));
  },
});

export const hourBack = moved('an hour back', -HOUR);
export const monthOn = moved('31 days on, and back', 31 * DAY);
export const momentBack = moved('a microsecond back', -0.001);
