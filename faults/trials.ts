import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { callClient, type Made } from './actors/calls.ts';
import { untilTooLate } from './actors/patience.ts';
import { heldBy } from './actors/pullers.ts';
import { endKey, newKey } from './actors/staff.ts';
import type { HeldKey } from './rig/setup.ts';
import type { World } from './rig/world.ts';

const pull = { operation: 'pullContacts' as const, limit: 5 };

/** Writes down that something is not as it must be. */
const expect = (world: World, holds: boolean, what: string) => {
  if (!holds) world.history.write({ kind: 'noticed', what });
};

/** 12 calls at once under one idempotency key, a fifth of them hung up on; then once to the end. */
export const storms = (count: number) => async (world: World) => {
  const { random } = world;
  for (let storm = 0; storm < count; storm += 1) {
    const key = heldBy(world, random.pick(world.plan.clients).nom, true);
    const idempotencyKey = randomUUID();
    await Promise.all(
      Array.from({ length: 12 }, () =>
        callClient(world, key, pull, {
          idempotencyKey,
          abortAfter: random.chance(0.2) ? random.whole(1, 40) : undefined,
        }),
      ),
    );
    await settled(() =>
      callClient(world, heldBy(world, key.client, true), pull, { idempotencyKey }),
    );
  }
  world.count('12 calls at once under one idempotency key', count);
};

/** Idempotency keys: another body, another client, and texts at and past their limits. */
export async function edges(world: World): Promise<void> {
  for (const { door } of world.servers) door.share = 0;
  const a = () => heldBy(world, 'Promoteur A', true);
  const idempotencyKey = randomUUID();
  const first = await settled(() => callClient(world, a(), pull, { idempotencyKey }));
  const changed = { ...pull, limit: 6 };
  await refusedAs(world, 'idempotency_mismatch', (expected) =>
    callClient(world, a(), changed, { idempotencyKey, expected }),
  );
  const other = await settled(() =>
    callClient(world, heldBy(world, 'Promoteur B', true), pull, { idempotencyKey }),
  );
  expect(world, first.answer?.pull !== other.answer?.pull, 'two clients share an idempotency key');
  for (const good of ['x', 'k'.repeat(255), `"${randomUUID()}"`, '!~']) {
    await settled(() => callClient(world, a(), pull, { idempotencyKey: good }));
  }
  for (const bad of ['k'.repeat(256), 'two words', 'clé']) {
    await refusedAs(world, 'invalid_parameter', (expected) =>
      callClient(world, a(), pull, { idempotencyKey: bad, expected }),
    );
  }
  world.count('idempotency keys at their limits', 10);
}

/** Calls until it is refused as it has to be, and not because a key has just ended. */
async function refusedAs(
  world: World,
  code: string,
  call: (expected: string) => Promise<Made>,
): Promise<void> {
  const patience = untilTooLate(`nothing is refused as ${code}`);
  for (;;) {
    const made = await call(code);
    expect(world, made.outcome !== 'ok', `what had to be refused as ${code} was answered`);
    if (made.outcome === 'ok' || made.code === code) return;
    await patience();
  }
}

/** Calls until it is answered. */
async function settled(call: () => Promise<Made>): Promise<Made> {
  const patience = untilTooLate('a call is never answered');
  for (;;) {
    const made = await call();
    if (made.outcome === 'ok') return made;
    await patience();
  }
}

/**
 * Keys that are revoked while pulls with them are under way, more than there are connections: so
 * many as the time allows, `least` however short it is.
 */
export const revocations =
  (count: number, least = 30) =>
  async (world: World) => {
    const { random } = world;
    let done = 0;
    for (; done < count && (done < least || Date.now() < world.until); done += 1) {
      const key = await newKey(world, random.pick(world.plan.clients).nom, false);
      // More at times: those that have shown their key and wait for a connection.
      const pulls = Array.from({ length: done % 10 === 0 ? 30 : 3 }, () =>
        callClient(world, key, { operation: 'pullContacts', limit: 1 }),
      );
      await delay(random.whole(0, 15));
      await endKey(world, key.id);
      const after = await callClient(world, key, pull);
      expect(world, after.outcome !== 'ok', `a pull was answered with the revoked key ${key.id}`);
      await Promise.all(pulls);
    }
    world.count('key revoked with pulls under way', done);
  };

/** Keys of one client that pull at once. */
const RUSHING = 6;

/** One client pulls with several keys at once, from a queue of its own: its pulls take turns. */
export const rushes = (count: number) => async (world: World) => {
  const nom = world.plan.clients.find(({ alone }) => alone)?.nom ?? '';
  const keys: HeldKey[] = [];
  for (let key = 0; key < RUSHING; key += 1) keys.push(await newKey(world, nom, false));
  for (let rush = 0; rush < count; rush += 1) {
    await Promise.all(
      keys.map((key) => callClient(world, key, { operation: 'pullContacts', limit: 2 })),
    );
  }
  world.count('pulls of one client with several keys at once', count);
};

/** Several trials, one after another. */
export const each =
  (...trials: readonly ((world: World) => Promise<void>)[]) =>
  async (world: World) => {
    for (const trial of trials) await trial(world);
  };

const HOUR = 3_600_000;

/** A pull can be repeated for 720 hours and not a moment longer, by PostgreSQL's clock. */
export async function expiry(world: World): Promise<void> {
  const { clock } = world;
  if (!clock) return;
  const client = world.plan.clients[0]?.nom ?? '';
  const idempotencyKey = randomUUID();
  const call = () =>
    settled(() => callClient(world, heldBy(world, client, true), pull, { idempotencyKey }));
  await world.whileResting(async () => {
    const first = await call();
    await clock.set(720 * HOUR - 60_000);
    const early = await call();
    expect(world, early.answer?.pull === first.answer?.pull, 'a repeat within 30 days is another');
    await clock.set(720 * HOUR + 60_000);
    const late = await call();
    expect(world, late.answer?.pull !== first.answer?.pull, 'a repeat after 30 days is the same');
    await clock.set(0);
  });
  world.count('a repeat before and after 720 hours');
}
