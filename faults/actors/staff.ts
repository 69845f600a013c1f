import { setTimeout as delay } from 'node:timers/promises';
import { type HeldKey, LIVELY, STATUTS } from '../rig/setup.ts';
import type { World } from '../rig/world.ts';
import { callOperator } from './calls.ts';
import { untilTooLate } from './patience.ts';

interface Listed {
  readonly action_id: number;
  readonly version: number;
  readonly statut_id: number;
}

/** Withdraws contacts that are ready, and gives others back, through the operators' door. */
export async function operator(world: World): Promise<void> {
  const { random } = world;
  while (!world.stopping) {
    await delay(random.whole(200, 600));
    const [statut, other] = random.chance(0.6)
      ? [STATUTS.ready, STATUTS.qualify]
      : [STATUTS.qualify, STATUTS.ready];
    const found = await callOperator<{ items: Listed[] }>(world, 'searchContacts', {
      statutIds: [statut],
      regionIds: LIVELY,
      limit: 50,
    });
    // A search may show what has left the statut meanwhile, as it is now.
    const some = found?.items
      .filter(({ statut_id }) => statut_id === statut && random.chance(0.1))
      .slice(0, 5);
    if (!some?.length) continue;
    await callOperator(world, 'changeStatut', {
      actions: some.map(({ action_id: id, version }) => ({ id, version })),
      statutId: other,
      reason: 'faults',
    });
  }
}

interface Issued {
  readonly id: string;
  readonly key: string;
}

/** Until an answer comes: what is asked may be done twice without harm. */
async function untilAnswered<Result>(
  world: World,
  operation: string,
  parameters: object,
): Promise<Result> {
  const patience = untilTooLate(`the console never answers ${operation}`);
  for (;;) {
    const answer = await callOperator<Result>(world, operation, parameters);
    if (answer !== undefined) return answer;
    await patience();
  }
}

/** Ends keys while pulls with them are under way, and gives their clients others. */
export async function revoker(world: World, every: readonly [number, number]): Promise<void> {
  while (!world.stopping) {
    await delay(world.random.whole(...every));
    if (world.resting || world.stopping) continue;
    await replaceKey(world, world.random.pick(world.keys));
    world.count('key ended under pulls');
  }
}

/** Makes a key through the operators' door; it is as good as any other of its client. */
export async function newKey(world: World, nom: string, keyed: boolean): Promise<HeldKey> {
  const client = world.plan.clients.find((own) => own.nom === nom);
  const issued = await untilAnswered<Issued>(world, 'createKey', {
    clientId: client?.id,
    regionIds: client?.regions,
    readyStatutId: STATUTS.ready,
    pulledStatutId: STATUTS.pulled,
  });
  return made(world, { id: issued.id, text: issued.key, client: nom, keyed });
}

function made(world: World, key: HeldKey): HeldKey {
  world.history.write({ kind: 'key made', key: key.id, client: key.client, keyed: key.keyed });
  return key;
}

/** Revokes a key through the operators' door. */
export async function endKey(world: World, id: string): Promise<void> {
  await untilAnswered(world, 'revokeKey', { id });
  world.history.write({ kind: 'key ended', key: id, to: Date.now() });
}

async function replaceKey(world: World, old: HeldKey): Promise<void> {
  const { client, keyed } = old;
  const take = (key: HeldKey) => {
    const at = world.keys.findIndex((own) => own.client === client && own.keyed === keyed);
    world.keys.splice(at, 1, key);
  };
  take(await newKey(world, client, keyed));
  // One that is rotated without an overlap ends as well; whether it was is known by the answer.
  if (world.random.chance(0.3)) {
    const rotated = await callOperator<Issued>(world, 'rotateKey', { id: old.id, overlapHours: 0 });
    if (rotated) {
      world.history.write({ kind: 'key ended', key: old.id, to: Date.now() });
      take(made(world, { id: rotated.id, text: rotated.key, client, keyed }));
      return;
    }
  }
  await endKey(world, old.id);
}
