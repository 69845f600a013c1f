import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { relais } from '../support/command.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const run = (...args: string[]) =>
  relais({ DATABASE_URL: server.config.databaseUrl ?? '' }, ...args);

test('a sandbox has a test key that works at once, and is reset by its name', async () => {
  const created = await run('sandbox', 'create', 'sandbox');
  assert.equal(created.code, 0, created.stderr);
  const key = created.stdout.trim();
  assert.match(key, /^relais_test_\w+$/);
  const read = () => server.send(key, { operation: 'readContacts' });
  const before = await read();
  assert.equal(before.headers.get('environment'), 'test');
  assert.equal(idsOf(before).length, 200);
  await server.send(key, { operation: 'pullContacts' });
  assert.notEqual((await read()).text, before.text);
  const reset = await run('sandbox', 'reset', 'sandbox');
  assert.equal(reset.code, 0, reset.stderr);
  assert.equal((await read()).text, before.text);
});

test('what is no sandbox is left as it is', async () => {
  const refused = await run('sandbox', 'reset', 'main');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /"main" is no sandbox: nothing was changed/);
  const trial = await server.create('trial', 'test');
  await loadInto(trial, queueCrm(1));
  const { text } = await server.key('Promoteur X', { database: trial });
  const reply = await server.send(text, { operation: 'resetSandbox' });
  assert.deepEqual([reply.status, reply.headers.get('error-code')], [403, 'not_a_sandbox']);
  const again = await run('sandbox', 'create', 'main');
  assert.equal(again.code, 1);
  assert.match(again.stderr, /There is a CRM database "main" already/);
});
