import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadCollections } from '@relais/contract';
import { sql } from 'kysely';
import { createSqlDatabase } from '../../src/db/administer.ts';
import { commandsIn, relais, temporaryFolder } from '../support/command.ts';
import { publishedCrm, queueCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { idsOf, send, spawnServer } from '../support/server.ts';

/** An installation reached by DATABASE_URL, and `relais` on it. */
async function installed(t: TestContext) {
  const installation = await installationFor(t);
  return { installation, ...commandsIn({ DATABASE_URL: installation.catalogUrl }) };
}

test('from nothing to a pull, by commands alone, on the embedded engine while a server runs', async (t) => {
  const folder = await temporaryFolder(t);
  const env = { RELAIS_DATA_DIR: join(folder, 'data') };
  const file = join(folder, 'crm.json');
  await writeFile(file, JSON.stringify(publishedCrm()));
  const { done } = commandsIn(env);
  // No server runs: the command starts the engine and stops it.
  await done('database', 'create', 'main');
  const server = await spawnServer(env);
  try {
    const loaded = await done('load', 'main', file, '--json');
    assert.deepEqual(JSON.parse(loaded.stdout).actions, 1);
    await done('client', 'create', 'Promoteur X');
    const created = await done(
      ...['key', 'create', '--client', 'Promoteur X', '--regions', '30,62'],
      ...['--ready', 'À transmettre', '--pulled', 'Transmis'],
    );
    const key = created.stdout.trim();
    assert.match(key, /^relais_live_\w+$/);
    assert.match(created.stderr, /shown this once/);
    assert.deepEqual(idsOf(await send(server.url, key, { operation: 'pullContacts' })), [1045]);
    await done('key', 'revoke', key.split('_')[2] ?? '');
    assert.equal((await send(server.url, key, { operation: 'getRegions' })).status, 401);
  } finally {
    await server.end();
  }
  const dumped = await done('dump', 'main');
  const actions = JSON.parse(dumped.stdout).actions as { id: number; pulled_at: string }[];
  assert.equal(actions.length, 1);
  assert.ok(actions[0]?.pulled_at);
});

test('key create, list and rotate speak JSON', async (t) => {
  const { run, json } = await installed(t);
  await run('load', 'main', '/dev/null');
  const folder = await temporaryFolder(t);
  const file = join(folder, 'crm.json');
  await writeFile(file, JSON.stringify(publishedCrm()));
  await run('load', 'main', file);
  await run('client', 'create', '-d', 'main', 'Promoteur X');
  const mapping = ['--ready', 'À transmettre', '--pulled', 'Transmis'];
  const limits = ['--operations', 'getRegions', '--ip', '10.1.2.3/8', '--expires', '30d'];
  const { id, key } = await json(
    ...['key', 'create', '-c', 'Promoteur X', '-r', 'all', ...mapping, ...limits],
  );
  assert.equal(key.split('_')[2], id);
  const rotation = ['--overlap', '7d', '--expires', '2999-01-31'];
  const rotated = await json('key', 'rotate', id, ...rotation);
  const listed = await json('key', 'list');
  assert.equal(listed[1].expires_at, '2999-01-31T00:00:00.000Z');
  assert.deepEqual(
    listed.map((row: { id: string }) => row.id),
    [id, rotated.id],
  );
  for (const row of listed) {
    assert.equal(row.regions, null);
    assert.deepEqual(row.operations, ['getRegions']);
    assert.deepEqual(row.ip_ranges, ['10.0.0.0/8']);
    assert.equal('secret_hash' in row, false);
  }
  const human = await run('key', 'list');
  assert.match(human.stdout, /^id +client +environment/);
});

test('dump of an empty database has every collection, empty', async (t) => {
  const { run } = await installed(t);
  const dumped = await run('dump', 'main');
  assert.deepEqual(Object.keys(JSON.parse(dumped.stdout)), Object.keys(loadCollections));
});

test('a dump whose reader goes away ends quietly', async (t) => {
  const { installation } = await installed(t);
  await loadInto(installation.main, queueCrm(5_000));
  const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    [
      '--norc',
      '-c',
      '"$0" "$1" dump main | head -n 3; echo "exit $PIPESTATUS"',
      process.execPath,
      main,
    ],
    { env: { PATH: process.env.PATH, DATABASE_URL: installation.catalogUrl } },
  );
  assert.equal(stdout.split('\n').length, 5);
  assert.match(stdout, /\nexit 0\n$/);
  assert.equal(stderr, '');
});

const mistakes: [args: string[], code: number, sentence: RegExp][] = [
  [['nothing'], 2, /unknown command 'nothing'/],
  [['help', 'lod'], 2, /unknown command 'lod'\s+\(Did you mean load\?\)/],
  [['key', 'lst', '--help'], 2, /unknown command 'lst'\s+\(Did you mean list\?\)/],
  [['database', 'create', 'Main'], 2, /"Main" can't name a CRM database/],
  [['database', 'create', 'main'], 1, /There is a CRM database "main" already/],
  [['database', 'create', 'x', '--url', 'mysql://x'], 2, /--url must be such as postgresql:/],
  [['load', 'other', '/dev/null'], 4, /There is no CRM database "other"\. There is: main\./],
  [['load', 'main', '/nowhere.json'], 1, /There is no file \/nowhere\.json\./],
  [['load', 'main', '/dev/null'], 1, /Nothing was loaded: line 1: the file is empty\./],
  [['client', 'create', ' '], 2, /name of the client is empty/],
  [['key', 'create'], 2, /required option/],
  [['key', 'create', '--clinet', 'x'], 2, /'--clinet'\s+\(Did you mean --client\?\)/],
  [['key', 'create', '-r', '--all', '--ready', '--x'], 2, /Give region ids such as/],
  [['key', 'create', '-r', 'all', '--ready', '--x'], 2, /required option '-c/],
  [['key', 'revoke', 'abc'], 4, /There is no key "abc": see "relais key list"/],
  [['key', 'rotate', 'abc', '--overlap', '31d'], 2, /Give a time from 0h to 30d/],
  [['serve', '--port', '99999'], 2, /Give a port from 0 to 65535/],
];
test('a client is not created twice for a letter case or an accent', async (t) => {
  const { run } = await installed(t);
  assert.equal((await run('client', 'create', 'Promoteur Élan')).code, 0);
  const twin = await run('client', 'create', 'promoteur elan');
  assert.equal(twin.code, 1);
  assert.match(twin.stderr, /There is a client "Promoteur Élan" already\./);
});

test('each mistake is told in a sentence, with its exit code and no stack', async (t) => {
  const { run } = await installed(t);
  for (const [args, code, sentence] of mistakes) {
    const ran = await run(...args);
    assert.equal(ran.code, code, `${args.join(' ')}: ${ran.stderr}`);
    assert.match(ran.stderr, sentence);
    assert.doesNotMatch(ran.stderr, /\n\s+at /);
    assert.equal(ran.stdout, '');
  }
});

test('faults of the environment are told all at once, without the password', async () => {
  const ran = await relais(
    { DATABASE_URL: 'mysql://root:secret@x', RELAIS_PORT: 'x', RELAIS_LOG_LEVEL: 'loud' },
    'serve',
  );
  assert.equal(ran.code, 2);
  for (const name of ['DATABASE_URL', 'RELAIS_PORT', 'RELAIS_LOG_LEVEL']) {
    assert.ok(ran.stderr.includes(name), ran.stderr);
  }
  assert.doesNotMatch(ran.stderr, /secret/);
});

test('a port that is in use is told in a sentence', async (t) => {
  const { installation, run } = await installed(t);
  const server = await spawnServer({ DATABASE_URL: installation.catalogUrl });
  t.after(() => server.end());
  const ran = await run('serve', '--port', new URL(server.url).port);
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /Port \d+ is in use: choose another with --port/);
});

test('a start that fails at its last step leaves no server behind', async (t) => {
  const { installation, run } = await installed(t);
  await sql`alter table staff_invitation add constraint full_disk check (false)`.execute(
    installation.databases.catalog,
  );
  const ran = await run('serve', '--port', '0');
  assert.equal(ran.code, 1);
  assert.doesNotMatch(ran.stderr, /answers at/);
});

test('a PostgreSQL that is not there is told in a sentence', async () => {
  const ran = await relais(
    { DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/x' },
    'database',
    'list',
  );
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /PostgreSQL does not answer at the address of DATABASE_URL/);
  assert.doesNotMatch(ran.stderr, /secret/);
});

test('a PostgreSQL that may lose what it has confirmed is refused', async (t) => {
  const { installation, run } = await installed(t);
  const name = new URL(installation.catalogUrl).pathname.slice(1);
  await sql`alter database ${sql.id(name)} set synchronous_commit = off`.execute(
    installation.databases.catalog,
  );
  const ran = await run('serve', '--port', '0');
  assert.equal(ran.code, 1);
  assert.match(ran.stderr, /PostgreSQL runs with synchronous_commit off .*: turn it on\./);
});

test('an account that may not create databases is told to name one', async (t) => {
  const { installation } = await installed(t);
  const { catalog } = installation.databases;
  const role = `relais_test_${randomBytes(6).toString('hex')}`;
  await sql`create role ${sql.id(role)} login password 'plain'`.execute(catalog);
  const name = new URL(installation.catalogUrl).pathname.slice(1);
  const url = new URL(installation.catalogUrl);
  url.username = role;
  url.password = 'plain';
  const create = () => relais({ DATABASE_URL: url.href }, 'database', 'create', 'second');
  const foreign = await create();
  await sql`alter database ${sql.id(name)} owner to ${sql.id(role)}`.execute(catalog);
  await sql`grant all on all tables in schema public to ${sql.id(role)}`.execute(catalog);
  const ran = await create();
  await sql`alter database ${sql.id(name)} owner to current_user`.execute(catalog);
  await sql`drop owned by ${sql.id(role)}`.execute(catalog);
  await sql`drop role ${sql.id(role)}`.execute(catalog);
  assert.equal(foreign.code, 1);
  assert.match(foreign.stderr, /account of DATABASE_URL lacks rights .* make it the owner\./);
  assert.equal(ran.code, 1);
  assert.match(
    ran.stderr,
    /may not create databases: create "\w+_second" yourself and pass .* --url/,
  );
});

test('a CRM database may live at an address of its own', async (t) => {
  const { installation, run } = await installed(t);
  const url = new URL(installation.catalogUrl);
  url.pathname += '_elsewhere';
  await createSqlDatabase(installation.catalogUrl, url.pathname.slice(1));
  const created = await run('database', 'create', 'elsewhere', '--url', url.href);
  assert.equal(created.code, 0, created.stderr);
  const listed = await run('database', 'list');
  assert.match(listed.stdout, /^elsewhere +live +localhost/m);
  assert.equal((await run('client', 'create', '-d', 'elsewhere', 'Promoteur X')).code, 0);
  const ambiguous = await run('client', 'list');
  assert.equal(ambiguous.code, 2);
  assert.match(ambiguous.stderr, /Name the CRM database with --database: elsewhere, main\./);
});

test('every command shows an example in its help', async () => {
  const commands = [
    ...[['serve'], ['demo'], ['load'], ['dump'], ['schema'], ['database', 'create']],
    ...[
      ['database', 'list'],
      ['client', 'create'],
      ['client', 'list'],
      ['key', 'create'],
    ],
    ...[
      ['key', 'list'],
      ['key', 'rotate'],
      ['key', 'revoke'],
    ],
  ];
  const helps = await Promise.all(commands.map((command) => relais({}, ...command, '--help')));
  for (const [index, help] of helps.entries()) {
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples?:\n {2}(zcat .* \| )?relais /, commands[index]?.join(' '));
  }
});
