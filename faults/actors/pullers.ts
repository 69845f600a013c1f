import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { HeldKey } from '../rig/setup.ts';
import type { World } from '../rig/world.ts';
import { type Asked, callClient, type Made } from './calls.ts';
import { untilTooLate } from './patience.ts';

/** The share of attempts at which a client hangs up. */
const ABORTED = 0.2;
const LIMITS = [1, 5, 20, 100, 200];
/** Of a queue that nothing is added to. */
const SMALL = [1, 2, 3, 5];

/** Pulls with a client's keys until the run ends; what it began under an idempotency key it ends. */
export async function puller(world: World, client: string, keyed: boolean): Promise<void> {
  const { random } = world;
  const own = world.plan.clients.find(({ nom }) => nom === client);
  while (!world.stopping) {
    if (world.resting) {
      await delay(20);
      continue;
    }
    world.open += 1;
    let got = 0;
    try {
      const asked = {
        operation: 'pullContacts' as const,
        limit: random.pick(own?.alone ? SMALL : LIMITS),
        ...narrowed(world, own?.regions ?? []),
      };
      const made = keyed ? await insist(world, client, asked) : await once(world, client, asked);
      got = made.answer?.ids.length ?? 0;
      const pull = made.answer?.pull;
      if (got > 0 && pull && random.chance(0.1)) await lookBack(world, client, pull);
    } finally {
      world.open -= 1;
    }
    await delay(got === 0 ? random.whole(50, 150) : random.whole(0, 10));
  }
}

/** Now and then only one region is asked for. */
const narrowed = ({ random }: World, regions: readonly number[]): { regionIds?: number[] } =>
  random.chance(0.1) ? { regionIds: [random.pick(regions)] } : {};

/** The key that a client holds now. */
export function heldBy(world: World, client: string, keyed: boolean): HeldKey {
  const own = world.keys.findLast((key) => key.client === client && key.keyed === keyed);
  if (!own) throw new Error(`${client} has no key`);
  return own;
}

const aborted = ({ random }: World) => (random.chance(ABORTED) ? random.whole(1, 60) : undefined);

/** One attempt, without an idempotency key: what is lost is lost. */
const once = (world: World, client: string, asked: Asked): Promise<Made> =>
  callClient(world, heldBy(world, client, false), asked, { abortAfter: aborted(world) });

/** Repeats under one idempotency key until it is answered, sometimes with a twin at the same time. */
async function insist(world: World, client: string, asked: Asked): Promise<Made> {
  const idempotencyKey = randomUUID();
  const patience = untilTooLate(`a pull of ${client} is never answered`);
  for (;;) {
    const attempt = () =>
      callClient(world, heldBy(world, client, true), asked, {
        idempotencyKey,
        abortAfter: aborted(world),
      });
    const twins = world.random.chance(0.1) ? world.random.whole(2, 4) : 1;
    const made = await Promise.all(Array.from({ length: twins }, attempt));
    const ok = made.find(({ outcome }) => outcome === 'ok');
    if (ok) {
      // And again, though all is well.
      if (world.random.chance(0.1)) await attempt();
      return ok;
    }
    await patience();
  }
}

/** Asks for a pull that has just been answered. */
const lookBack = (world: World, client: string, pullId: string): Promise<Made> =>
  callClient(world, heldBy(world, client, false), { operation: 'getPulledContacts', pullId });

/** Reads what is ready, without taking it. */
export async function reader(world: World): Promise<void> {
  while (!world.stopping) {
    const { nom } = world.random.pick(world.plan.clients);
    await callClient(world, heldBy(world, nom, false), { operation: 'readContacts' });
    await delay(world.random.whole(50, 200));
  }
}

/** Pulls as a client until two answers in a row are empty. */
export async function drain(world: World, client: string): Promise<void> {
  for (let empty = 0; empty < 2; ) {
    const made = await insist(world, client, { operation: 'pullContacts', limit: 200 });
    empty = made.answer?.ids.length === 0 ? empty + 1 : 0;
  }
}

/** Pages through everything that a client has pulled. */
export async function lookAtAll(world: World, client: string): Promise<void> {
  const patience = untilTooLate(`${client} can't look at what it has pulled`);
  let cursor: string | undefined;
  for (let more = true; more; ) {
    const asked = { operation: 'getPulledContacts' as const, ...(cursor ? { cursor } : {}) };
    const made = await callClient(world, heldBy(world, client, true), asked, { last: true });
    if (made.outcome === 'ok') {
      cursor = made.next;
      more = cursor !== undefined;
    } else await patience();
  }
}
