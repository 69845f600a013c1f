import { setTimeout as delay } from 'node:timers/promises';
import { callClient } from './actors/calls.ts';
import { hourBack, momentBack, monthOn } from './faults/clock.ts';
import { allPlans, locksHeld, otherPlans, poolExhausted } from './faults/crowd.ts';
import { diskFull } from './faults/disk.ts';
import { failedOver } from './faults/failover.ts';
import {
  backendKilled,
  killedAtFirstByte,
  postgresRestarted,
  postgresStopped,
  postmasterKilled,
} from './faults/postgres.ts';
import { serverKilled, serverReplaced, serverStopped } from './faults/server.ts';
import { cutAfterCommit, cutBeforeCommit, wireLost, wireSilent } from './faults/wire.ts';
import type { World } from './rig/world.ts';
import type { Scenario } from './scenario.ts';
import { each, edges, expiry, revocations, rushes, storms } from './trials.ts';

/** The long form. Each has a world of its own. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'concurrency',
    faults: [],
    harm: 0,
    queue: 5_000,
    also: each(rushes(50), storms(20)),
    together: true,
  },
  {
    name: 'crashes',
    faults: [
      ...[serverKilled, postmasterKilled, serverStopped, backendKilled, killedAtFirstByte],
      ...[postgresRestarted, postgresStopped, serverReplaced],
    ],
  },
  {
    name: 'wires',
    harm: 0.2,
    faults: [
      cutBeforeCommit,
      cutAfterCommit,
      wireSilent,
      wireLost,
      poolExhausted,
      locksHeld,
      otherPlans,
      allPlans,
    ],
    also: edges,
  },
  {
    name: 'revocations',
    faults: [],
    harm: 0,
    revocations: [50, 200],
    also: revocations(600),
    together: true,
  },
  { name: 'failover', faults: [failedOver], world: { standby: true } },
  {
    name: 'clock',
    needs: 'faketime',
    faults: [hourBack, monthOn, momentBack],
    world: { clock: true },
    staff: false,
    also: expiry,
  },
  {
    name: 'disk',
    needs: 'root',
    faults: [diskFull],
    world: { smallDisk: true },
    staff: false,
    during: readsGoOn,
    refusals: ['pullContacts unavailable'],
  },
];

/** The short form, which needs nothing but Node and runs in the tests. */
export const shortScenarios: readonly Scenario[] = [
  {
    name: 'short',
    queue: 1_200,
    pullers: 10,
    harm: 0.1,
    faults: [
      ...[serverKilled, cutBeforeCommit, cutAfterCommit, postmasterKilled, killedAtFirstByte],
      poolExhausted,
    ],
    revocations: [300, 900],
    also: storms(3),
  },
];

/** On a full disk reads go on, and a pull is refused as one that may be repeated. */
async function readsGoOn(world: World): Promise<void> {
  await delay(1_000);
  for (const key of world.keys) {
    const made = await callClient(world, key, { operation: 'readContacts', limit: 5 });
    if (made.outcome === 'fail') {
      const what = `a read was refused on a full disk: ${made.status} ${made.code}`;
      world.history.write({ kind: 'noticed', what });
    }
  }
}
