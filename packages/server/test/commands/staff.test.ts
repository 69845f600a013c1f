import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsIn } from '../support/command.ts';
import { serverFor } from '../support/server.ts';
import { caller, PASSWORD, post } from '../support/staff.ts';

test('people are added, linked, kept out and let in by commands, while a server runs', async (t) => {
  const server = await serverFor(t);
  const env = { DATABASE_URL: server.catalogUrl, RELAIS_PUBLIC_URL: server.url };
  const { run, done, json } = commandsIn(env);
  const email = 'claire@example.com';
  const created = await done('staff', 'create', email, '--nom', 'Claire', '--role', 'admin');
  assert.match(created.stdout, new RegExp(`^${server.url}/invitation#\\w{43}\n$`));
  assert.match(created.stderr, /shown this once/);

  const again = await json('staff', 'link', 'Claire@example.com');
  const nobody = caller(server.url, undefined);
  const tokens = [created.stdout.trim(), again.link].map(
    (link: string) => link.split('#')[1] ?? '',
  );
  const [older = '', newer = ''] = tokens;
  await nobody.call('readInvitation', { token: older }, { expect: 'record_not_found' });
  await nobody.call('acceptInvitation', { token: newer, password: PASSWORD });
  const second = ['m@example.com', '--nom', 'Marc', '--role', 'admin'];
  const { link } = await json('staff', 'create', ...second);
  await nobody.call('acceptInvitation', { token: link.split('#')[1], password: PASSWORD });

  const signIn = { operation: 'signIn', email, password: PASSWORD };
  const { cookie } = await post(server.url, undefined, signIn);
  await done('staff', 'disable', email);
  await caller(server.url, cookie).call('getSession', {}, { expect: 'not_signed_in' });
  const last = await run('staff', 'disable', 'm@example.com');
  assert.equal(last.code, 1);
  assert.match(last.stderr, /the only admin who can sign in/);
  const people = await json('staff', 'list');
  assert.deepEqual(
    people.map((person: { nom: string; state: string }) => [person.nom, person.state]),
    [
      ['Claire', 'disabled'],
      ['Marc', 'active'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(people), /hash|argon|secret|token/);
  await done('staff', 'enable', email);
  assert.equal((await post(server.url, undefined, signIn)).status, 200);
  assert.match((await done('staff', 'list')).stdout, /^email +nom +role +state/);

  const entries = await server.databases.catalog
    .selectFrom('audit')
    .select(['audit.act'])
    .where('audit.actor', '=', 'command:staff')
    .orderBy('audit.id')
    .execute();
  assert.deepEqual(
    entries.map(({ act }) => act),
    ['staff.invite', 'staff.renew', 'staff.invite', 'staff.disable', 'staff.enable'],
  );
});

test('mistakes of staff commands are told in a sentence with their exit code', async (t) => {
  const server = await serverFor(t);
  const { run } = commandsIn({ DATABASE_URL: server.catalogUrl });
  const mistakes: [args: string[], code: number, sentence: RegExp][] = [
    [['create', 'claire', '--nom', 'C', '--role', 'admin'], 2, /an address such as claire@/],
    [['create', 'c@example.com', '--nom', ' ', '--role', 'admin'], 2, /1 to 100 characters/],
    [['create', 'c@example.com', '--nom', 'C', '--role', 'root'], 2, /one of admin, operateur/],
    [['create', 'c@example.com'], 2, /required option/],
    [['link', 'nobody@example.com'], 4, /There is nobody "nobody@example.com"/],
    [['disable', 'nobody@example.com'], 4, /There is nobody/],
  ];
  for (const [args, code, sentence] of mistakes) {
    const ran = await run('staff', ...args);
    assert.equal(ran.code, code, ran.stderr);
    assert.match(ran.stderr, sentence);
    assert.equal(ran.stdout, '');
  }
  const order = ['staff', 'create', 'c@example.com', '--nom', 'C', '--role', 'admin'];
  await run(...order);
  const twice = await run(...order);
  assert.equal(twice.code, 1);
  assert.match(twice.stderr, /There is somebody with this e-mail address already/);
});
