import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { mutants, plant } from '../../../../faults/mutants.ts';

for (const mutant of mutants) {
  test(`the mutant "${mutant.name}" can be planted in the server as it is`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'relais-mutant-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    await plant(mutant, folder);
  });
}
