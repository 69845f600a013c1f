import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { connect } from '../../src/db/pool.ts';
import { startServer } from '../../src/serve.ts';
import { commandsIn, type Ran } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { contactsOf, idsOf, send } from '../support/server.ts';

const PULL = { operation: 'pullContacts' };

/** An installation whose CRM database `main` has a key and contacts, and is open nowhere. */
async function installed(t: TestContext) {
  const installation = await installationFor(t);
  await loadInto(installation.main, publishedCrm());
  const { text: key } = await installation.key('Promoteur X');
  await installation.main.close();
  const { catalog } = installation.databases;
  const named = (suffix: string) => new URL(installation.catalogUrl).pathname.slice(1) + suffix;
  const address = (suffix: string) => {
    const url = new URL(installation.catalogUrl);
    url.pathname = `/${named(suffix)}`;
    return url.href;
  };
  return {
    ...{ installation, catalog, key, named, address },
    ...commandsIn({ DATABASE_URL: installation.catalogUrl }),
    /** Copies the SQL database of `main`, with all that is in it. */
    copy: (suffix: string) =>
      sql`create database ${sql.id(named(suffix))} template ${sql.id(named('_main'))}`.execute(
        catalog,
      ),
    where: async () =>
      (await sql<{ url: string | null }>`select url from crm_database`.execute(catalog)).rows,
    async serve() {
      const server = await startServer(installation.config);
      t.after(() => server.close());
      return server;
    },
  };
}

function refused(ran: Ran, sentence: RegExp, code = 1) {
  assert.equal(ran.code, code, ran.stderr);
  assert.match(ran.stderr, sentence);
  assert.equal(ran.stdout, '');
}

test('another address of the same place is taken up by a server that runs, and pulls go on', async (t) => {
  const { run, serve, key, address, catalog } = await installed(t);
  const server = await serve();
  const url = new URL(address('_main'));
  url.searchParams.set('application_name', 'by_another_address');
  const ran = await run('database', 'move', 'main', '--url', url.href, '--json');
  assert.equal(ran.code, 0, ran.stderr);
  assert.deepEqual(JSON.parse(ran.stdout), { nom: 'main', server: url.host, held: false });
  const taken = sql`select from pg_stat_activity where application_name = 'by_another_address'
    and datname = ${url.pathname.slice(1)}`;
  while ((await taken.execute(catalog)).rows.length === 0) await delay(50);
  assert.equal(idsOf(await send(server.url, key, PULL)).length, 1);
  const { rows } = await sql`
    select actor, act, target, detail from audit order by id desc limit 1`.execute(catalog);
  const audited = { actor: 'command:database', act: 'database.move', target: 'database:main' };
  assert.deepEqual(rows, [{ ...audited, detail: {} }]);
});

test('a copy takes the place of a CRM database that nobody uses, and its pulls wait', async (t) => {
  const { run, serve, key, copy, named, address, where, catalog } = await installed(t);
  await copy('_copy');
  const used = await connect(address('_main'));
  const move = ['database', 'move', 'main', '--url', address('_copy')];
  refused(await run(...move), /in use where it was: stop the servers/);
  assert.deepEqual(await where(), [{ url: null }]);
  await used.end();

  const ran = await run(...move);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /Pulls wait, .*: relais hold end main --reason "moved"\n$/);
  assert.deepEqual(await where(), [{ url: address('_copy') }]);
  const server = await serve();
  assert.equal((await send(server.url, key, PULL)).status, 503);
  assert.equal((await run('hold', 'end', 'main', '--reason', 'moved')).code, 0);
  assert.equal(idsOf(await send(server.url, key, PULL)).length, 1);

  // The catalog comes back from a backup of before the move.
  await sql`update crm_database set sql_name = ${named('_main')}, url = null`.execute(catalog);
  const late = await serve();
  assert.equal((await send(late.url, key, PULL)).status, 503);
  assert.match((await run('hold', 'status', 'main')).stdout, /the data were moved/);
});

test('where nothing answers any more, keys and sources tell whose the data are', async (t) => {
  const { run, named, address, catalog, where } = await installed(t);
  const rename = (from: string, to: string) =>
    sql`alter database ${sql.id(named(from))} rename to ${sql.id(named(to))}`.execute(catalog);
  await rename('_main', '_moved');
  const move = ['database', 'move', 'main', '--url', address('_moved')];
  // Without a route of a key of its own, it could be anything.
  const { rows } = await sql<{ key_id: string }>`
    delete from key_route returning key_id`.execute(catalog);
  refused(await run(...move), /Nobody can tell whether that is "main"/);
  const socket = new URL(address('_moved'));
  socket.searchParams.set('host', '/nowhere');
  await sql`update crm_database set sql_name = null, url = ${socket.href}`.execute(catalog);
  refused(await run(...move), /Nobody can tell whether that is "main"/);
  await sql`insert into key_route (key_id, crm_database)
    values (${rows[0]?.key_id}, 'main')`.execute(catalog);
  assert.equal((await run(...move)).code, 0);
  assert.deepEqual(await where(), [{ url: address('_moved') }]);
});

test('a server that runs answers nothing from what it kept of the old place', async (t) => {
  const { run, serve, key, named, address, catalog } = await installed(t);
  const server = await serve();
  const read = () => send(server.url, key, { operation: 'readContacts' });
  const [before] = contactsOf(await read());
  assert.ok(before);
  const [main, standby] = [named('_main'), named('_standby')];
  await sql`alter database ${sql.id(main)} allow_connections false`.execute(catalog);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${main}`.execute(catalog);
  await sql`alter database ${sql.id(main)} rename to ${sql.id(standby)}`.execute(catalog);
  await sql`alter database ${sql.id(standby)} allow_connections true`.execute(catalog);
  const there = await connect(address('_standby'));
  await there.query(`update prospect set nom = 'Ailleurs'`);
  await there.end();
  const ran = await run('database', 'move', 'main', '--url', address('_standby'));
  assert.equal(ran.code, 0, ran.stderr);
  let answer = await read();
  while (answer.status === 503) {
    await delay(50);
    answer = await read();
  }
  const [now] = contactsOf(answer);
  assert.deepEqual([now?.action_id, now?.prospect_nom], [before.action_id, 'Ailleurs']);
});

test('a SQL database that holds other data is refused as the place of a CRM database', async (t) => {
  const { installation, run, copy, address, where } = await installed(t);
  const move = (suffix: string, nom = 'main') =>
    run('database', 'move', nom, '--url', address(suffix));
  const other = await installation.create('other');
  await sql`update erasure_salt set salt = sha256('other')`.execute(other.db);
  await copy('_copy');
  const copied = await connect(address('_copy'));
  await copied.query(`update erasure_salt set salt = sha256('another')`);
  await copied.end();
  const none = /does not hold the data of "main": copy them there first\. Nothing was changed\.\n$/;
  for (const suffix of ['_other', '_copy', '']) refused(await move(suffix), none);
  refused(await move('_main', 'none'), /no CRM database "none"/, 4);
  refused(await move('_nowhere'), /^The SQL database of --url does not exist/);
  assert.deepEqual(await where(), [{ url: null }, { url: null }]);
});
