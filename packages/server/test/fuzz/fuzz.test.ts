import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientOperations, operatorOperations } from '@relais/contract';
import { fuzz } from './fuzz.ts';
import { openWorld, type World } from './world.ts';

const SEED = 4711;
const BODIES = 3_000;

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

test('thousands of bodies, valid and broken, get only documented answers, and leak nothing (security 5, 7, 13)', async () => {
  const report = await fuzz(world, { seed: SEED, bodies: BODIES });
  assert.deepEqual(report.violations, []);
  const { log } = world;
  assert.deepEqual([...log.unexpected], [], 'failures that nobody foresaw');
  assert.deepEqual([...log.leaks], [], 'texts of persons in the log');
  // A run that only knocks proves nothing.
  assert.equal(report.bodies, BODIES);
  assert.ok(report.contacts > 100, `${report.contacts} contacts`);
  assert.ok(log.requests > BODIES * 0.9, `${log.requests} requests in the log`);
  const reached = (door: string, names: string[]) =>
    names.filter((name) => report.succeeded.has(`${door} ${name}`)).length;
  const client = Object.keys(clientOperations);
  const operator = Object.keys(operatorOperations);
  assert.ok(reached('client', client) >= 6, 'of 8 operations of the Client API');
  assert.ok(reached('operator', operator) >= 40, `of ${operator.length} operations of the console`);
  assert.equal(reached('intake', ['json', 'form', 'google', 'meta']), 4);
  for (const status of [400, 401, 403, 404, 405, 413]) {
    assert.ok(report.statuses.has(status), `no ${status}`);
  }
  // The server is the process that was started.
  assert.deepEqual([world.child.exitCode, world.child.signalCode], [null, null]);
});
