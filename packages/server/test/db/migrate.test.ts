import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createSqlDatabase } from '../../src/db/administer.ts';
import { connect } from '../../src/db/pool.ts';
import { testServerUrl } from '../support/installation.ts';

const module = fileURLToPath(new URL('../../src/db/migrate.ts', import.meta.url));

test('of ten who create a SQL database at once one does, and each migration is applied once', async (t) => {
  const name = `relais_test_${randomBytes(6).toString('hex')}`;
  const create = () => createSqlDatabase(testServerUrl(), name);
  const created = await Promise.all(Array.from({ length: 10 }, create));
  assert.equal(created.filter((made) => made).length, 1);
  const url = new URL(testServerUrl());
  url.pathname = `/${name}`;
  t.after(async () => {
    const connection = await connect(testServerUrl());
    await connection.query(`drop database "${name}" with (force)`);
    await connection.end();
  });
  const program = `import { migrate } from ${JSON.stringify(module)};
    await migrate(${JSON.stringify(url.href)}, 'crm');`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  await Promise.all(Array.from({ length: 10 }, run));

  const connection = await connect(url.href);
  const applied = await connection.query<{ number: number }>(
    'select number from migration order by number',
  );
  await connection.end();
  assert.ok(applied.rows.length > 0);
  assert.deepEqual(
    applied.rows.map(({ number }) => number),
    applied.rows.map((_, index) => index + 1),
  );
});
