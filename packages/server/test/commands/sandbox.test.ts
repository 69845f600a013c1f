import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { createSqlDatabase } from '../../src/db/administer.ts';
import { type Commands, commandsIn } from '../support/command.ts';
import { queueCrm } from '../support/crm.ts';
import { ended, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

let server: TestServer;
let commands: Commands;
before(async () => {
  server = await freshServer();
  commands = commandsIn({ DATABASE_URL: server.catalogUrl });
});
after(() => server.close());

test('a sandbox has a test key that works at once, and is reset by its name', async () => {
  const created = await commands.run('sandbox', 'create', 'sandbox');
  assert.equal(created.code, 0, created.stderr);
  const key = created.stdout.trim();
  assert.match(key, /^relais_test_\w+$/);
  const read = () => server.send(key, { operation: 'readContacts' });
  const before = await read();
  assert.equal(before.headers.get('environment'), 'test');
  assert.equal(idsOf(before).length, 200);
  await server.send(key, { operation: 'pullContacts' });
  assert.notEqual((await read()).text, before.text);
  const reset = await commands.run('sandbox', 'reset', 'sandbox');
  assert.equal(reset.code, 0, reset.stderr);
  assert.equal((await read()).text, before.text);
});

test('no contact of a sandbox has an id that a live one has', async () => {
  const key = (await commands.run('sandbox', 'create', 'apart')).stdout.trim();
  const apart = async () => {
    const reply = await server.send(key, { operation: 'readContacts' });
    return contactsOf(reply).every(({ action_id, prospect_id }) =>
      [action_id, prospect_id].every((id) => id > 2_000_000_000 && id < 2 ** 31),
    );
  };
  assert.ok(await apart());
  await server.send(key, { operation: 'resetSandbox' });
  assert.ok(await apart());
});

test('a sandbox is made in a SQL database that is given, and none of a name that it can not have', async (t) => {
  const url = new URL(server.catalogUrl);
  url.pathname += '_given';
  const name = url.pathname.slice(1);
  await createSqlDatabase(server.catalogUrl, name);
  t.after(() => sql`drop database ${sql.id(name)} with (force)`.execute(server.databases.catalog));
  const created = await commands.run('sandbox', 'create', 'given', '--url', url.href);
  assert.equal(created.code, 0, created.stderr);
  const key = created.stdout.trim();
  assert.equal(idsOf(await server.send(key, { operation: 'readContacts' })).length, 200);
  const refused = await commands.run('sandbox', 'create', 'Bad name');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /^"Bad name" can't name a CRM database: use 1 to 40/);
});

test('what is no sandbox is left as it is', async () => {
  const refused = await commands.run('sandbox', 'reset', 'main');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /"main" is no sandbox: nothing was changed/);
  const trial = await server.create('trial', 'test');
  await loadInto(trial, queueCrm(1));
  const { text } = await server.key('Promoteur X', { database: trial });
  const reply = await server.send(text, { operation: 'resetSandbox' });
  assert.deepEqual([reply.status, reply.headers.get('error-code')], [403, 'not_a_sandbox']);
  const again = await commands.run('sandbox', 'create', 'main');
  assert.equal(again.code, 1);
  assert.match(again.stderr, /There is a CRM database "main" already/);
});

test('a sandbox with an import of the console is reset, once no job runs in it any more', async () => {
  const key = (await commands.run('sandbox', 'create', 'imported')).stdout.trim();
  const read = async () => (await server.send(key, { operation: 'readContacts' })).text;
  const before = await read();
  const database = await server.databases.named('imported');
  assert.ok(database);
  await makeSource(server, 'visiteurs', 'file', { database });
  const admin = await signedIn(server, 'admin');
  const fileId = await upload(admin, 'nom;telephone\r\nDurand;0612345678', {
    database: 'imported',
  });
  const asked = { source: 'visiteurs', fileId };
  const began = await admin.call('startImport', asked, { database: 'imported' });
  await ended(admin, began.job_id, 'imported');
  await server.send(key, { operation: 'pullContacts' });

  const reset = () => server.send(key, { operation: 'resetSandbox' });
  // As another process has it that still works at it.
  await sql`
    update job set state = 'running', finished_at = null,
      lease_until = 'infinity'`.execute(database.db);
  const refused = await reset();
  assert.deepEqual([refused.status, refused.headers.get('error-code')], [503, 'unavailable']);
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.match(refused.text, /job \d+ \(import\)/);
  assert.notEqual(await read(), before);

  await sql`
    update job set state = 'done', finished_at = now(), lease_until = null`.execute(database.db);
  assert.equal((await reset()).status, 200);
  assert.equal(await read(), before);
  const left = await sql`
    select from import union all select from job union all select from stored_file`.execute(
    database.db,
  );
  assert.equal(left.rows.length, 0);
});
