import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { connect } from '../../src/db/pool.ts';
import { startServer } from '../../src/serve.ts';
import { commandsIn, relais } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { idsOf, send } from '../support/server.ts';
import { createFromTemplate } from '../support/templates.ts';

async function installed(t: TestContext) {
  const installation = await installationFor(t);
  const beside = (suffix: string, application = 'relais') => {
    const url = new URL(installation.catalogUrl);
    url.pathname += suffix;
    url.searchParams.set('application_name', application);
    return url.href;
  };
  return { installation, beside, ...commandsIn({ DATABASE_URL: installation.catalogUrl }) };
}

const tablesOf = async (url: string) => {
  const connection = await connect(url);
  const found = await connection.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public'
     union all select name from migration order by name`,
  );
  await connection.end();
  return found.rows.map(({ name }) => name);
};

function refused(ran: { code: number; stderr: string; stdout: string }, sentence: RegExp) {
  assert.equal(ran.code, 1, ran.stderr);
  assert.match(ran.stderr, sentence);
  assert.doesNotMatch(ran.stderr, /\n\s+at /);
  assert.equal(ran.stdout, '');
}

test('the catalog is never made a CRM database, nor a CRM database the catalog', async (t) => {
  const { installation, beside, run } = await installed(t);
  const before = await tablesOf(installation.catalogUrl);
  refused(
    await run('database', 'create', 'second', '--url', installation.catalogUrl),
    /not a CRM database \(0001_catalog\.sql was applied to it\): name an empty one\. Nothing was/,
  );
  assert.deepEqual(await tablesOf(installation.catalogUrl), before);
  const main = await tablesOf(beside('_main'));
  const looked = await relais({ DATABASE_URL: beside('_main') }, 'doctor');
  assert.equal(looked.code, 1);
  assert.match(looked.stdout, /a database of another kind: 0001_crm\.sql was applied to it/);
  for (const command of [['database', 'list'], ['serve']]) {
    refused(
      await relais({ DATABASE_URL: beside('_main') }, ...command),
      /SQL database of DATABASE_URL is not the catalog \(0001_crm\.sql was applied to it\)/,
    );
  }
  assert.deepEqual(await tablesOf(beside('_main')), main);
});

test('one SQL database is one CRM database, under whatever address it is named', async (t) => {
  const { beside, run, json } = await installed(t);
  for (const environment of ['live', 'test']) {
    const url = beside('_main', environment);
    refused(
      await run('database', 'create', 'again', '--url', url, '--environment', environment),
      /registered already, as the CRM database "main"/,
    );
  }
  const names = await json('database', 'list');
  assert.deepEqual(
    names.map(({ nom }: { nom: string }) => nom),
    ['main'],
  );
});

test('an address of --url that leads nowhere is told as that, and not as DATABASE_URL', async (t) => {
  const { beside, run } = await installed(t);
  const create = (url: string) => run('database', 'create', 'far', '--url', url);
  refused(
    await create('postgresql://127.0.0.1:1/far'),
    /^PostgreSQL does not answer at the address of --url/,
  );
  refused(await create(beside('_none')), /^The SQL database of --url does not exist/);
  const port = await create('postgresql://127.0.0.1:99999/far');
  assert.equal(port.code, 2);
  assert.match(port.stderr, /^--url must be such as postgresql:/);
});

test('of several who register an empty SQL database at once, one does', async (t) => {
  const { installation, beside, run } = await installed(t);
  await sql`create database ${sql.id(new URL(beside('_empty')).pathname.slice(1))}`.execute(
    installation.databases.catalog,
  );
  const ran = await Promise.all(
    ['one', 'two', 'three'].map((nom) =>
      run('database', 'create', nom, '--url', beside('_empty', nom)),
    ),
  );
  assert.deepEqual(
    ran.map(({ code }) => code).sort(),
    [0, 1, 1],
    ran.map(({ stderr }) => stderr).join('\n'),
  );
});

test('a CRM database that is registered nowhere is taken over, in the environment of its keys', async (t) => {
  const { installation, beside, run } = await installed(t);
  await loadInto(installation.main, publishedCrm());
  const { id } = await installation.key('Promoteur X');
  await sql`delete from key_route`.execute(installation.databases.catalog);
  await sql`delete from crm_database`.execute(installation.databases.catalog);
  const create = ['database', 'create', 'taken', '--url', beside('_main')];
  refused(
    await run(...create, '--environment', 'test'),
    /holds live keys, which a test database may not: register it with --environment live/,
  );
  assert.equal((await run(...create)).code, 0);
  const { rows } = await sql`select key_id from key_route`.execute(installation.databases.catalog);
  assert.deepEqual(rows, [{ key_id: id }]);
});

test('what was made after the backup that the catalog comes from is found again by a server that starts', async (t) => {
  const { installation } = await installed(t);
  const { main, databases, config } = installation;
  const other = await installation.create('other');
  for (const database of [main, other]) await loadInto(database, publishedCrm());
  const { text: key } = await installation.key('Promoteur X');
  const { id: copied, text: twin } = await installation.key('Promoteur X');
  const token = await makeSource(installation, 'site', 'json', { id_programme: 145 });
  // A key that a copy has, too, could be meant for either.
  const own = await installation.key('Promoteur X', { database: other });
  await sql`update api_key set id = ${copied} where id = ${own.id}`.execute(other.db);
  await sql`delete from key_route`.execute(databases.catalog);
  await sql`delete from source_route`.execute(databases.catalog);

  const server = await startServer(config);
  t.after(() => server.close());
  const pulled = await send(server.url, key, { operation: 'pullContacts' });
  assert.deepEqual(idsOf(pulled), [1045]);
  assert.equal((await send(server.url, twin, { operation: 'getRegions' })).status, 401);
  const { outcome } = await sendLead(server.url, 'site', token, { email: 'lea@example.com' });
  assert.equal(outcome, 'accepted');
});

test('a SQL database of something else is left alone, though it has a table of migrations', async (t) => {
  const { installation, beside, run } = await installed(t);
  await createFromTemplate(
    installation.catalogUrl,
    new URL(beside('_other')).pathname.slice(1),
    'crm',
  );
  const connection = await connect(beside('_other'));
  await connection.query('alter table migration rename column number to version');
  await connection.end();
  refused(
    await run('database', 'create', 'other', '--url', beside('_other')),
    /holds tables of something else: name an empty one/,
  );
});
