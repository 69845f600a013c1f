import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { createKey } from '../../src/changes/keyring.ts';
import { locks } from '../../src/db/locks.ts';
import { connect } from '../../src/db/pool.ts';
import { endHolding, hold } from '../../src/installation/holding.ts';
import { startServer } from '../../src/serve.ts';
import { listDatabases } from '../../src/store/catalog.ts';
import { findHold } from '../../src/store/hold.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { PULLED, programmeOf, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { freshInstallation, loadInto } from '../support/installation.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { contactsOf, idsOf, type Reply, send, serverFor } from '../support/server.ts';
import { crossing, untilWaiting, whileHeld } from '../support/waiting.ts';

// Abuse 17: a restore makes contacts that were handed out ready again.

const pull = { operation: 'pullContacts', limit: 10 };

function assertHeld(reply: Reply): void {
  assert.equal(reply.status, 503);
  assert.equal(reply.headers.get('error-code'), 'unavailable');
  assert.equal(reply.headers.get('retry-after'), '60');
  assert.match(reply.text, /pulls wait/);
}

/** The answer when connections that were cut have been made anew. */
async function reached(request: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    const reply = await request();
    if (!reply.text.includes('The database is away')) return reply;
  }
}

async function started(t: TestContext) {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(40));
  const key = await server.key('Promoteur X');
  const env = { DATABASE_URL: server.catalogUrl };
  return { server, key, command: (...args: string[]) => relais(env, ...args) };
}

test('after a dump was loaded pulls wait until what clients have is marked', async (t) => {
  const { server, key, command } = await started(t);
  const folder = await temporaryFolder(t);
  const before = idsOf(await server.send(key.text, pull));

  // The backup, and what is handed out after it.
  const backup = await command('dump', 'main');
  await writeFile(join(folder, 'backup.json'), backup.stdout);
  const since = contactsOf(await server.send(key.text, pull));
  const journal = join(folder, 'contacts.jsonl');
  await writeFile(journal, since.map((contact) => `${JSON.stringify(contact)}\n`).join(''));

  const restored = await server.create('restored');
  const loaded = await command('load', 'restored', join(folder, 'backup.json'));
  assert.equal(loaded.code, 0, loaded.stderr);
  assert.match(loaded.stderr, /relais hold/);
  const client = await sql<{ id: number }>`select id from client`.execute(restored.db);
  const again = await createKey(
    server.databases,
    restored,
    {
      id_client: client.rows[0]?.id ?? 0,
      ...{ regions: null, id_statut_ready: READY, id_statut_pulled: PULLED },
      ...{ operations: null, ip_ranges: null, expires_at: null },
    },
    'command:test',
  );
  assertHeld(await server.send(again.text, pull));
  assertHeld(await server.send(again.text, { ...pull, idempotencyKey: 'one' }));
  assert.equal(idsOf(await server.send(again.text, { operation: 'readContacts' })).length, 30);
  assert.equal(idsOf(await server.send(again.text, { operation: 'getPulledContacts' })).length, 10);
  assert.match((await command('hold', 'status', 'restored')).stdout, /wait since/);

  const claim = ['hold', 'delivered', 'restored', journal, '--client', 'Promoteur X', '--json'];
  assert.equal(JSON.parse((await command(...claim)).stdout).marked, 10);
  assert.deepEqual(JSON.parse((await command(...claim)).stdout), {
    ...{ marked: 0, known: 10, other: 0, not_ready: 0, unknown: 0 },
  });
  const ended = await command('hold', 'end', 'restored', '--reason', 'marked all');
  assert.match(ended.stdout, /answered again/);

  const rest: number[] = [];
  for (;;) {
    const ids = idsOf(await server.send(again.text, pull));
    if (ids.length === 0) break;
    rest.push(...ids);
  }
  const handedOut = [...before, ...since.map(({ action_id }) => action_id)];
  assert.equal(rest.length, 20);
  assert.deepEqual(
    rest.filter((id) => handedOut.includes(id)),
    [],
  );
  const audit = await sql<{ act: string }>`
    select act from audit where act like 'hold.%' or act = 'action.delivered' order by id`.execute(
    restored.db,
  );
  assert.deepEqual(
    audit.rows.map(({ act }) => act),
    ['action.delivered', 'hold.end'],
  );
});

test('a part of a dump that says what a client has holds pulls, and one that says nothing of it does not', async (t) => {
  const { server, key, command } = await started(t);
  const folder = await temporaryFolder(t);
  const load = async (id: number, more: object) => {
    const line = {
      collection: 'actions',
      id,
      idProspect: 1,
      idProgramme: programmeOf(30),
      ...more,
    };
    const path = join(folder, 'part.jsonl');
    await writeFile(path, JSON.stringify(line));
    const loaded = await command('load', 'main', path);
    assert.equal(loaded.code, 0, loaded.stderr);
    return loaded.stderr;
  };
  assert.doesNotMatch(await load(101, { idStatut: READY }), /relais hold/);
  assert.equal(idsOf(await server.send(key.text, pull)).length, 10);
  const received = { idStatut: PULLED, idClient: 1, pulled_at: '2026-01-01T00:00:00Z' };
  assert.match(await load(102, received), /relais hold/);
  assertHeld(await server.send(key.text, pull));
  assert.doesNotMatch(await load(103, { idStatut: READY }), /relais hold/);
});

test('a lead that comes in after a restore gets no id that a client knows another contact by', async (t) => {
  const { server, key, command } = await started(t);
  const folder = await temporaryFolder(t);
  const backup = await command('dump', 'main');
  await writeFile(join(folder, 'backup.json'), backup.stdout);
  const lead = { nom: 'Martin', programme: String(programmeOf(30)) };
  const site = await makeSource(server, 'site', 'json');
  const since = await sendLead(server.url, 'site', site, { ...lead, email: 'since@example.com' });
  const { action_id: lost } = since;
  assert.ok(idsOf(await server.send(key.text, { operation: 'pullContacts' })).includes(lost ?? 0));

  const restored = await server.create('restored');
  await command('load', 'restored', join(folder, 'backup.json'));
  await server.key('Promoteur X', { database: restored });
  const token = await makeSource(server, 'again', 'json', { database: restored });
  const later = await sendLead(server.url, 'again', token, { ...lead, email: 'new@example.com' });
  assert.equal(later.outcome, 'accepted');
  const known = join(folder, 'known.csv');
  await writeFile(known, `action_id\n${lost}\n`);
  const told = await command(
    ...['hold', 'delivered', 'restored', known, '--client', 'Promoteur X', '--json'],
  );
  assert.deepEqual(JSON.parse(told.stdout), {
    ...{ marked: 0, known: 0, other: 0, not_ready: 0, unknown: 1 },
  });
  assert.ok((later.prospect_id ?? 0) > (since.prospect_id ?? 0));
  // Nor does one that comes in after a recovery in place, of which PostgreSQL knows nothing.
  await command('hold', 'set', 'main', '--reason', 'recovered to yesterday');
  const next = await sendLead(server.url, 'site', site, { ...lead, email: 'next@example.com' });
  assert.ok((next.action_id ?? 0) > (lost ?? 0) + 1_000);
});

test('data that find themselves at another place than before are held', async (t) => {
  const { server, key } = await started(t);
  const { text } = key;
  const [entry] = await listDatabases(server.databases.catalog);
  assert.ok(entry?.sql_name);
  // A server that starts notes where the data are, and holds nothing.
  const first = await startServer(server.config);
  const handedOut = idsOf(await send(first.url, text, { ...pull, idempotencyKey: 'one' }));
  assert.equal(handedOut.length, 10);
  await first.close();

  // A copy takes their place, as a restore by pg_dump and createdb would make it.
  const copy = `${entry.sql_name}_copy`;
  const admin = await connect(server.catalogUrl);
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${entry.sql_name}'`,
  );
  await admin.query(`create database "${copy}" template "${entry.sql_name}"`);
  await admin.query(`update crm_database set sql_name = '${copy}' where nom = 'main'`);
  await admin.end();

  const second = await startServer(server.config);
  assertHeld(await send(second.url, text, pull));
  // A repeat only says again what was handed out.
  const repeated = await send(second.url, text, { ...pull, idempotencyKey: 'one' });
  assert.deepEqual(idsOf(repeated), handedOut);
  await second.close();
  // It stays held, and is not held anew once somebody has ended it.
  const third = await startServer(server.config);
  assertHeld(await send(third.url, text, pull));
  const env = { DATABASE_URL: server.catalogUrl };
  assert.equal((await relais(env, 'hold', 'end', 'main', '--reason', 'checked')).code, 0);
  assert.equal(idsOf(await send(third.url, text, pull)).length, 10);
  await third.close();
  const fourth = await startServer(server.config);
  assert.equal(idsOf(await send(fourth.url, text, pull)).length, 10);
  await fourth.close();
});

test('data that are restored while servers run are held before the next pull', async (t) => {
  const { server, key, command } = await started(t);
  const [entry] = await listDatabases(server.databases.catalog);
  assert.ok(entry?.sql_name);
  const admin = await connect(server.catalogUrl);
  t.after(() => admin.end());
  const gone = `
    select pg_terminate_backend(pid) from pg_stat_activity where datname = '${entry.sql_name}'`;
  await admin.query(gone);
  await admin.query(`create database "${entry.sql_name}_backup" template "${entry.sql_name}"`);
  const keyed = { ...pull, idempotencyKey: 'one' };
  assert.equal(idsOf(await reached(() => server.send(key.text, keyed))).length, 10);

  await admin.query(`drop database "${entry.sql_name}" with (force)`);
  await admin.query(`alter database "${entry.sql_name}_backup" rename to "${entry.sql_name}"`);
  for (const again of [keyed, pull]) {
    assertHeld(await reached(() => server.send(key.text, again)));
  }
  assert.match((await command('hold', 'status', 'main')).stdout, /wait since/);
  await command('hold', 'end', 'main', '--reason', 'checked');
  assert.equal(idsOf(await server.send(key.text, pull)).length, 10);
});

test('a database that is away when a server starts, or restored while it runs, is made ready as at a start', async (t) => {
  const installation = await freshInstallation();
  t.after(() => installation.close());
  const { db } = await installation.create('late');
  const [entry] = (await listDatabases(installation.databases.catalog)).filter(
    ({ nom }) => nom === 'late',
  );
  const name = entry?.sql_name ?? '';
  // As a version before has it.
  await sql`drop table postponed_lead`.execute(db);
  await sql`delete from migration where name like '%postponed_lead%'`.execute(db);
  const admin = await connect(installation.config.databaseUrl ?? '');
  t.after(() => admin.end());
  const cutOff = () =>
    admin.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  await admin.query(`alter database "${name}" allow_connections false`);
  await cutOff();
  const server = await startServer(installation.config);
  t.after(() => server.close());
  const until = async (done: () => Promise<boolean>) => {
    while (!(await done().catch(() => false))) await delay(20);
  };
  const isNew = async () => {
    const found = await sql`select to_regclass('postponed_lead') as own`.execute(db);
    return (found.rows[0] as { own: string | null }).own !== null;
  };
  await admin.query(`alter database "${name}" allow_connections true`);
  await until(isNew);
  assert.equal(await findHold(db), undefined);

  await admin.query(`alter database "${name}" allow_connections false`);
  await cutOff();
  await admin.query(`create database "${name}_copy" template "${name}"`);
  await admin.query(`drop database "${name}" with (force)`);
  await admin.query(`alter database "${name}_copy" rename to "${name}"`);
  await until(async () => (await findHold(db)) !== undefined);
});

test('a database that was created while a server ran is held after a restore, too', async (t) => {
  const { server, command } = await started(t);
  assert.equal((await command('database', 'create', 'late')).code, 0);
  const entry = (await listDatabases(server.databases.catalog)).find(({ nom }) => nom === 'late');
  const copy = `${entry?.sql_name}_copy`;
  const admin = await connect(server.catalogUrl);
  // The server looks for work in it every few seconds.
  await admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${entry?.sql_name}'`,
  );
  await admin.query(`create database "${copy}" template "${entry?.sql_name}"`);
  await admin.query(`update crm_database set sql_name = '${copy}' where nom = 'late'`);
  await admin.end();

  await (await startServer(server.config)).close();
  assert.match((await command('hold', 'status', 'late')).stdout, /wait since/);
});

test('a hold waits for the pulls under way, and is seen by those after it', async (t) => {
  const { server, key, command } = await started(t);
  const { db } = server.main;
  let holding: Promise<void> | undefined;
  let running: Promise<Reply> | undefined;
  await whileHeld(db, sql`select from client for update`, async () => {
    running = server.send(key.text, pull);
    await untilWaiting(db);
    holding = hold(server.main, 'restored by hand', 'command:test');
    await untilWaiting(db, 2);
  });
  assert.equal(contactsOf((await running) as Reply).length, 10);
  await holding;
  assertHeld(await server.send(key.text, pull));
  const counted = await sql<{ n: number }>`select count(*) as n from pull`.execute(db);
  assert.equal(counted.rows[0]?.n, 1);
  // Whoever holds them once more is not taken for the one who began.
  await hold(server.main, 'another', 'command:test');
  assert.match((await command('hold', 'status', 'main')).stdout, /restored by hand/);
  const end = async () => (await command('hold', 'end', 'main', '--reason', 'checked')).stdout;
  assert.match(await end(), /answered again/);
  assert.match(await end(), /Nothing was held/);
  const noted = await sql`select from audit where act = 'hold.end'`.execute(db);
  assert.equal(noted.rows.length, 1);
});

test('whoever ends a hold ends none that is only being set, of which they are told nothing', async (t) => {
  const { server, key } = await started(t);
  const [, ended] = await crossing(
    server.main.db,
    sql`select pg_advisory_xact_lock(${locks.hold})`,
    () => hold(server.main, 'restored by hand', 'command:test'),
    () => endHolding(server.main, 'checked', 'command:test'),
  );
  assert.equal(ended, undefined);
  assertHeld(await server.send(key.text, pull));
});

test('what a client says it has is marked where it stands ready for it, and told otherwise', async (t) => {
  const { server, key, command } = await started(t);
  const folder = await temporaryFolder(t);
  const other = await server.key('Promoteur Y');
  const [own = 0] = idsOf(await server.send(key.text, { ...pull, limit: 1 }));
  const [foreign = 0] = idsOf(await server.send(other.text, { ...pull, limit: 1 }));
  const [free = 0, aside = 0] = idsOf(await server.send(key.text, { operation: 'readContacts' }));
  await sql`update action set id_statut = ${QUALIFY} where id = ${aside}`.execute(server.main.db);
  // Neither another client's key makes a contact ready, nor one that pulls what was handed out.
  await server.key('Promoteur Y', { id_statut_ready: QUALIFY });
  const last = await server.key('Promoteur X');
  await sql`
    update api_key set id_statut_ready = ${PULLED}, id_statut_pulled = ${QUALIFY}
    where id = ${last.id}`.execute(server.main.db);
  const file = join(folder, 'contacts.csv');
  const ids = [own, foreign, free, aside, 999_999];
  await writeFile(file, `\uFEFFaction_id;nom\r\n${ids.map((id) => `${id};Dupont\r\n`).join('')}`);
  const told = await command(
    ...['hold', 'delivered', 'main', file, '--client', 'Promoteur X', '--json'],
  );
  assert.deepEqual(JSON.parse(told.stdout), {
    ...{ marked: 1, known: 1, other: 1, not_ready: 1, unknown: 1 },
  });
  const pulled = idsOf(await server.send(key.text, { operation: 'getPulledContacts' }));
  assert.deepEqual(
    pulled.sort((left, right) => left - right),
    [own, free].sort((left, right) => left - right),
  );

  await writeFile(file, 'action_id\n12\nno id\n');
  const refused = await command('hold', 'delivered', 'main', file, '--client', 'Promoteur X');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /Line 3/);
  const nobody = await command('hold', 'delivered', 'main', file, '--client', 'Nobody');
  assert.equal(nobody.code, 4);
});
