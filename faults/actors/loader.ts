import { setTimeout as delay } from 'node:timers/promises';
import { LIVELY, programmeOf } from '../rig/setup.ts';
import type { World } from '../rig/world.ts';
import { sendLead } from './calls.ts';

/** Leads that come at once, and how long there are none, milliseconds. */
const BURST = [1, 12] as const;
const PAUSE = [100, 600] as const;

/** Sends leads in bursts until the run ends; what had no answer is sent again under its id. */
export async function loader(world: World, name: string): Promise<void> {
  const { random } = world;
  let sent = 0;
  const send = async (): Promise<void> => {
    sent += 1;
    // Some people ask twice.
    const person = random.chance(0.05) ? random.whole(1, sent) : sent;
    const lead = {
      externalId: `${name}-${sent}`,
      nom: `Nom ${person}`,
      email: `${name}-${person}@example.com`,
      programme: String(programmeOf(random.pick(LIVELY))),
    };
    for (;;) {
      const { outcome } = await sendLead(world, lead);
      // Most programs send again until it is taken.
      if (outcome === 'ok' || world.stopping || random.chance(0.1)) return;
      await delay(random.whole(50, 300));
    }
  };
  while (!world.stopping) {
    if (!world.resting) await Promise.all(Array.from({ length: random.whole(...BURST) }, send));
    await delay(random.whole(...PAUSE));
  }
}
