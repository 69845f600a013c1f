import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../support/command.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const run = promisify(execFile);

test('the server runs as one file while that is made of the sources that are there', async (t) => {
  const checkout = await temporaryFolder(t);
  const kept = (path: string) => !/\/(dist|test|node_modules)$/.test(path);
  for (const part of ['packages/contract', 'packages/server']) {
    await mkdir(join(checkout, part), { recursive: true });
    await cp(join(root, part), join(checkout, part), { recursive: true, filter: kept });
  }
  await cp(join(root, 'package-lock.json'), join(checkout, 'package-lock.json'));
  await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'));
  const node = (...args: string[]) =>
    run(process.execPath, args, {
      cwd: checkout,
      env: { RELAIS_DATA_DIR: join(checkout, 'data'), RELAIS_PORT: '1' },
    });
  /** What `relais doctor` says; it ends with 1, since there is no installation. */
  const doctor = () =>
    node('packages/server/bin/relais.js', 'doctor').then(
      () => assert.fail('there is nothing to mend'),
      (error: { stdout: string }) => error.stdout,
    );

  assert.match(await doctor(), /it runs from its sources/);
  await node('packages/server/build.js');
  assert.match(await doctor(), /it runs as one file/);
  await appendFile(join(checkout, 'packages/contract/src/limits.ts'), '// changed\n');
  assert.match(await doctor(), /it runs from its sources/);
});
