import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { LoadDocument } from '@relais/contract';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { readConfig } from '../../src/config.ts';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { batchLimits } from '../../src/db/pool.ts';
import { createKeptAnswers, sent } from '../../src/http/keptAnswers.ts';
import { createDatabase, openInstallation } from '../../src/installation/installation.ts';
import { readFirstReady } from '../../src/store/contacts.ts';
import { findKeysNow } from '../../src/store/keys.ts';
import { temporaryFolder } from '../support/command.ts';
import { PULLED, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, idsOf, type Reply, type TestServer } from '../support/server.ts';
import { untilWritten, whileHeld } from '../support/waiting.ts';

// An answer is kept for as long as it would be the same.

let server: TestServer;
let db: Kysely<Crm>;
let key: string;
before(async () => {
  server = await freshServer();
  db = server.main.db;
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
});
after(() => server.close());

const read = (operation: string, text = key) => server.send(text, { operation });

/** Reads twice: the second answer comes from memory. */
async function readKept(body: object, text = key): Promise<Reply> {
  await server.send(text, body);
  return server.send(text, body);
}

const writes: [what: string, operation: string, write: RawBuilder<unknown>][] = [
  ['a name', 'readContacts', sql`update prospect set nom = 'Durand'`],
  ['a telephone', 'readContacts', sql`update prospect set telephone = '+33611111111'`],
  ['a programme', 'readContacts', sql`update programme set nom = 'Le Clos'`],
  ['a programme', 'getProgrammes', sql`update programme set nom = 'Le Parc'`],
  ['a region', 'getRegions', sql`update region set nom = 'Occitanie (sud)' where id = 30`],
  ['a region', 'readContacts', sql`update region set nom = 'Occitanie' where id = 30`],
  ['a list', 'readContacts', sql`update origine set designation = 'Site'`],
  ['a statut', 'readContacts', sql`update statut set designation = 'Prêt' where id = ${READY}`],
  [
    'a list',
    'readContacts',
    sql`update type_contact set designation = type_contact.designation || ' bis'`,
  ],
  [
    'a list',
    'readContacts',
    sql`update type_action set designation = type_action.designation || ' bis'`,
  ],
  ['a commentaire', 'readContacts', sql`update action set commentaire = 'Rappeler'`],
  [
    'a place in the queue',
    'readContacts',
    sql`update action set ready_at = action.ready_at + interval '1 second'`,
  ],
  [
    'a new programme',
    'getProgrammes',
    sql`insert into programme (id, id_region, nom) values (900, 62, 'Neuf')`,
  ],
  [
    'a contact that is no longer ready',
    'readContacts',
    sql`update action set id_statut = ${QUALIFY}`,
  ],
  ['a contact that is ready again', 'readContacts', sql`update action set id_statut = ${READY}`],
];
for (const [what, operation, write] of writes) {
  test(`${operation} shows ${what} that has changed`, async () => {
    const first = await read(operation);
    const again = await readKept({ operation });
    assert.equal(again.text, first.text);
    assert.equal(again.headers.get('content-digest'), first.headers.get('content-digest'));
    await write.execute(db);
    const changed = await read(operation);
    assert.notEqual(changed.text, first.text);
    assert.equal((await read(operation)).text, changed.text);
  });
}

const unrelated: [what: string, write: RawBuilder<unknown>][] = [
  ['a client', sql`update client set nom = client.nom`],
  ['a contact of another region', sql`update action set commentaire = 'x' where id_region <> 30`],
];
for (const [what, write] of unrelated) {
  test(`a page of contacts is not made anew after a change of ${what}`, async () => {
    const scope = { regions: [30], programmes: undefined };
    const first = await readFirstReady(db, scope, READY, 200, undefined);
    assert.ok(first.contacts.length > 0);
    await write.execute(db);
    const again = await readFirstReady(db, scope, READY, 200, first.state);
    assert.deepEqual([again.state, again.contacts], [first.state, []]);
    await sql`update programme set nom = programme.nom`.execute(db);
    const changed = await readFirstReady(db, scope, READY, 200, first.state);
    assert.notEqual(changed.state, first.state);
    assert.deepEqual(changed.contacts, first.contacts);
  });
}

test('an answer is the same, byte for byte, after others have written', async () => {
  const kept = await readKept({ operation: 'readContacts' });
  await sql`update client set nom = client.nom`.execute(db);
  const again = await read('readContacts');
  assert.equal(again.text, kept.text);
  assert.equal(again.headers.get('content-digest'), kept.headers.get('content-digest'));
});

/** How far the transactions of the PostgreSQL server have come: the same while nobody writes. */
async function snapshot(): Promise<string> {
  const found = await sql<{ now: string }>`select pg_current_snapshot()::text as now`.execute(db);
  return found.rows[0]?.now ?? '';
}

test('what was asked for is not looked up again while nothing is written', async () => {
  // Other tests write on this PostgreSQL server: an attempt counts when none did meanwhile.
  for (let attempt = 1; ; attempt += 1) {
    const other = await db.startTransaction().execute();
    try {
      // Has its number before the answer is made, so that the lock changes nothing that can be seen.
      await sql`select pg_current_xact_id()`.execute(other);
      const before = await snapshot();
      const kept = await readKept({ operation: 'readContacts' });
      await sql`lock table prospect in access exclusive mode`.execute(other);
      const again = await read('readContacts');
      if ((await snapshot()) !== before) {
        assert.ok(attempt < 20, 'somebody writes all the time');
        continue;
      }
      assert.equal(again.status, 200);
      assert.equal(again.text, kept.text);
      const never = await server.send(key, { operation: 'readContacts', limit: 1 });
      assert.equal(never.status, 503);
      return;
    } finally {
      await other.rollback().execute();
    }
  }
});

test('a change is seen while a transaction that began before it goes on', async () => {
  await whileHeld(db, sql`select pg_current_xact_id()`, async () => {
    const before = await readKept({ operation: 'readContacts' });
    await sql`update prospect set nom = prospect.nom || ' bis'`.execute(db);
    assert.notEqual((await read('readContacts')).text, before.text);
  });
});

test('a scope that was narrowed and a key that was revoked are seen at once', async () => {
  const { id, text } = await server.key('Promoteur X', { regions: [30, 62] });
  const before = await readKept({ operation: 'readContacts' }, text);
  assert.equal(contactsOf(before).length, 1);
  await sql`delete from key_region where id_key = ${id} and id_region = 30`.execute(db);
  assert.equal((await read('readContacts', text)).text, '[]');
  await sql`update api_key set revoked_at = now() where id = ${id}`.execute(db);
  assert.equal((await read('readContacts', text)).status, 401);
});

test('parameters and keys have answers of their own', async () => {
  await loadInto(server.main, moreContacts());
  // Of the same client.
  const narrow = await server.key('Promoteur X', { regions: [62] });
  const operation = 'readContacts';
  const both = idsOf(await readKept({ operation }));
  const one = idsOf(await readKept({ operation, limit: 1 }));
  const other = idsOf(await readKept({ operation, regionIds: [62] }));
  assert.deepEqual(one, both.slice(0, 1));
  assert.ok(other.length > 0 && other.length < both.length);
  assert.deepEqual(idsOf(await readKept({ operation }, narrow.text)), other);
});

test('a page that was the last one tells of the next as soon as there is one', async () => {
  const all = idsOf(await read('readContacts'));
  const last = all.at(-1);
  await sql`update action set id_statut = ${QUALIFY} where id = ${last}`.execute(db);
  const body = { operation: 'readContacts', limit: all.length - 1 };
  const alone = await readKept(body);
  assert.equal(alone.headers.get('next-cursor'), null);
  await sql`update action set id_statut = ${READY} where id = ${last}`.execute(db);
  const followed = await server.send(key, body);
  assert.equal(followed.text, alone.text);
  assert.notEqual(followed.headers.get('next-cursor'), null);
});

test('whoever reads after a write was acknowledged sees it, under load', async () => {
  let acknowledged = 0;
  let writing = true;
  const numberIn = (nom: string | null | undefined) => Number(/^v(\d+)$/.exec(nom ?? '')?.[1]);
  const writer = async () => {
    for (let number = 1; number <= 300; number += 1) {
      await sql`update prospect set nom = ${`v${number}`}`.execute(db);
      acknowledged = number;
      // Now and then readers come to see the same twice.
      if (number % 10 === 0) await read('getRegions');
    }
    writing = false;
  };
  let answers = 0;
  const reader = async () => {
    while (writing) {
      const least = acknowledged;
      const [contact] = contactsOf(await read('readContacts'));
      if (least > 0) assert.ok(numberIn(contact?.prospect_nom) >= least);
      answers += 1;
    }
  };
  await Promise.all([writer(), ...Array.from({ length: 6 }, reader)]);
  assert.ok(answers > 6);
});

test('what is too long ago goes though nothing was written', async () => {
  const { text } = await server.key('Promoteur Z');
  const pulled = await server.send(text, { operation: 'pullContacts', limit: 1 });
  assert.equal(contactsOf(pulled).length, 1);
  await untilWritten(db, pulled.headers.get('pull-id') ?? '');
  await sql`update action set pulled_at = now() - interval '720 hours' + interval '3 seconds'
    where id_statut = ${PULLED}`.execute(db);
  // A pull whose answer is not known to have arrived is told of for as long.
  await sql`update pull set answer_written_at = null,
    pulled_at = now() - interval '720 hours' + interval '3 seconds'`.execute(db);
  const seen = await readKept({ operation: 'getPulledContacts' }, text);
  assert.equal(contactsOf(seen).length, 1);
  assert.notEqual(seen.headers.get('pulls-uncertain'), null);
  await sql`select pg_sleep(3.1)`.execute(db);
  const late = await read('getPulledContacts', text);
  assert.equal(late.text, '[]');
  assert.equal(late.headers.get('pulls-uncertain'), null);
});

/** Four more contacts, two of them in each region. */
function moreContacts(): LoadDocument {
  const { programmes = [], prospects = [], actions = [] } = queueCrm(4);
  const more = 6_000;
  return {
    programmes,
    prospects: prospects.map((prospect) => ({ ...prospect, id: prospect.id + more })),
    actions: actions.map((action) => ({
      ...action,
      id: action.id + more,
      idProspect: action.idProspect + more,
    })),
  };
}

// No door can be held open at this moment: what is written and read between is a matter of luck.
test('an answer that was made before a write which others have seen since is not kept', async () => {
  const { id } = await server.key('Promoteur X');
  const seen = async () => {
    const found = (await findKeysNow(db, [id])).get(id);
    assert.ok(found);
    return { database: server.main, ...found };
  };
  const kept = createKeptAnswers();
  const before = await seen();
  assert.equal(kept.find('one', before), undefined);
  await sql`update prospect set nom = 'Petit'`.execute(db);
  const after = await seen();
  assert.equal(kept.find('another', after), undefined);
  kept.keep('one', before, sent({ body: '[]' }));
  assert.equal(kept.find('one', after), undefined);
  kept.keep('one', after, sent({ body: '[]' }));
  assert.equal(String(kept.find('one', after)?.body), '[]');
});

test('a version of before a crash of PostgreSQL does not come back, though it numbers anew', async (t) => {
  const config = readConfig({ RELAIS_DATA_DIR: join(await temporaryFolder(t), 'data') });
  const own = await openInstallation(config, batchLimits);
  // Before the folder of its data goes.
  try {
    await createDatabase(own, 'main', { environment: 'live' });
    const main = await own.databases.named('main');
    assert.ok(main);
    await sql`insert into client (nom) values ('Promoteur X')`.execute(main.db);
    await sql`insert into statut (id, designation) values (1, 'Prêt'), (2, 'Transmis')`.execute(
      main.db,
    );
    const id = 'a'.repeat(12);
    await sql`
    insert into api_key (id, id_client, secret_hash, environment, id_statut_ready, id_statut_pulled, all_regions)
    select ${id}, client.id, sha256('x'), 'live', 1, 2, true from client`.execute(main.db);
    const seen = async () => (await findKeysNow(main.db, [id])).get(id)?.version ?? '';
    const snapshotIn = (version: string) => version.split(' ').at(-1);
    const write = sql`update client set nom = client.nom`;
    // What was not committed is on no disk for a while.
    await sql`alter system set wal_writer_delay = '10s'`.execute(main.db);
    await sql`select pg_reload_conf()`.execute(main.db);
    await write.execute(main.db);
    await whileHeld(main.db, write, async () => {});
    const before = await seen();
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(main.db);
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    for (let back = false; !back; ) {
      back = await write.execute(main.db).then(
        () => true,
        () => false,
      );
    }
    const after = await seen();
    assert.equal(snapshotIn(after), snapshotIn(before));
    assert.notEqual(after, before);
  } finally {
    await own.close();
  }
});
