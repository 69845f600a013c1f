import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seeded } from '../../../../faults/rig/random.ts';
import { runScenario } from '../../../../faults/scenario.ts';
import { shortScenarios } from '../../../../faults/scenarios.ts';

const SEED = 20_260_105;

for (const scenario of shortScenarios) {
  const broken = scenario.faults.map(({ name }) => name).join(', ');
  test(`nothing is lost and nothing doubled (${scenario.name}) through: ${broken}`, async (t) => {
    t.diagnostic(`seed ${SEED}: npm run faults -- --short --seed ${SEED}`);
    const outcome = await runScenario(scenario, { random: seeded(SEED), milliseconds: 0 });
    for (const [fault, times] of outcome.injected) t.diagnostic(`${times} x ${fault}`);
    t.diagnostic(`history of ${outcome.size} entries, ${outcome.contacts} contacts delivered`);
    assert.deepEqual(outcome.violations, []);
  });
}
