import assert from 'node:assert/strict';
import { test } from 'node:test';
import { singleRun } from '../../src/concurrency/singleRun.ts';

test('a job never runs twice at once, and once more however often it was asked for', async () => {
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  let running = 0;
  const ask = singleRun(async () => {
    running += 1;
    assert.equal(running, 1);
    const gate = gates[runs];
    runs += 1;
    await gate?.promise;
    running -= 1;
  });
  const first = ask();
  const others = [ask(), ask(), ask()];
  assert.equal(runs, 1);
  for (const { resolve } of gates) resolve();
  await Promise.all([first, ...others]);
  assert.equal(runs, 2);
});

test('a job that is asked for in the moment in which it ends runs again', async () => {
  let runs = 0;
  const ask = singleRun(async () => {
    runs += 1;
  });
  // Each in a later moment of the run's end than the one before.
  for (let ticks = 0; ticks < 6; ticks += 1) {
    const before = runs;
    void ask();
    for (let tick = 0; tick < ticks; tick += 1) await undefined;
    await ask();
    assert.equal(runs, before + 2, `asked again after ${ticks} ticks`);
  }
});
