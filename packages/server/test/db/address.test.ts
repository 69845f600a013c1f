import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionTo } from '../../src/db/address.ts';
import { connect } from '../../src/db/pool.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { freshInstallation } from '../support/installation.ts';

test('settings that an address has hold, but for those that Relais depends on', async (t) => {
  const installation = await freshInstallation();
  t.after(() => installation.close());
  const url = new URL(installation.catalogUrl);
  url.searchParams.set('options', '-c timezone=Asia/Tokyo -c work_mem=5MB');
  const connection = await connect(url.href);
  t.after(() => connection.end());
  const found = await connection.query<{ zone: string; memory: string }>(
    `select current_setting('timezone') as zone, current_setting('work_mem') as memory`,
  );
  assert.deepEqual(found.rows, [{ zone: 'UTC', memory: '5MB' }]);
});

test('a mode that asks for TLS has the certificate checked, and nothing is warned of', () => {
  const modeOf = (query: string) =>
    new URL(connectionTo(`postgresql://u:p%40@h/d?${query}`, '').connectionString).search;
  assert.equal(modeOf('sslmode=require'), '?sslmode=verify-full');
  for (const query of ['sslmode=no-verify', 'sslmode=require&uselibpqcompat=true', 'x=y']) {
    assert.equal(modeOf(query), `?${query}`);
  }
});

test('the embedded server is reached whatever PostgreSQL of its own the environment names', async (t) => {
  const env = { RELAIS_DATA_DIR: await temporaryFolder(t), PGPORT: '5433', PGSSLMODE: 'require' };
  const ran = await relais(env, 'database', 'list');
  assert.equal(ran.stderr, '');
  assert.match(ran.stdout, /^No CRM database yet/);
});
