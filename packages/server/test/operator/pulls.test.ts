import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { untilWritten } from '../support/waiting.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;
let at: { database: string };
let key: string;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  at = { database: database.nom };
  await loadInto(database, queueCrm(10));
  key = (await server.key('Promoteur X', { database })).text;
});

const pull = (limit: number, by = key, headers = {}) =>
  server.send(by, { operation: 'pullContacts', limit }, headers);
const idOf = (reply: { headers: Headers }) => reply.headers.get('pull-id') ?? '';
const reason = 'the answer never arrived';
const release = (pullId: string, by = operator) => by.call('releasePull', { pullId, reason }, at);
/** Sets whether the answer of a pull was written whole, once the server has noted it. */
async function written(pullId: string, when: Date | null): Promise<void> {
  const { db } = database;
  await untilWritten(db, pullId);
  await sql`update pull set answer_written_at = ${when} where pull.id = ${pullId}`.execute(db);
}

test('pulls are listed newest first, with client, key and delivery', async () => {
  const other = await server.key('Promoteur Y', { database });
  const first = idOf(await pull(3));
  const second = idOf(await pull(2, other.text, { 'Idempotency-Key': 'second' }));
  await written(first, null);
  await written(second, new Date('2026-11-23T09:00:00.250Z'));
  const page = await operator.call('listPulls', {}, at);
  assert.deepEqual(
    page.items.map((row) => [row.pull_id, row.client_nom, row.seq, row.contacts, row.state]),
    [
      [second, 'Promoteur Y', 1, 2, 'written'],
      [first, 'Promoteur X', 1, 3, 'uncertain'],
    ],
  );
  const [latest] = page.items;
  assert.equal(latest?.key_id, other.id);
  assert.equal(latest?.idempotent, true);
  assert.equal(latest?.answer_written_at, '2026-11-23T09:00:00.250Z');
  assert.deepEqual([latest?.statut_ready, latest?.statut_pulled], ['À transmettre', 'Transmis']);
  assert.deepEqual([page.total, page.more, page.next], [2, false, null]);
});

test('pulls are found by client, key, state and time', async () => {
  const other = await server.key('Promoteur Y', { database });
  const [lost, gone, kept] = [await pull(1), await pull(1), await pull(1, other.text)].map(idOf);
  for (const id of [gone, kept]) await written(id ?? '', new Date());
  await written(lost ?? '', null);
  await release(gone ?? '');
  await sql`
    update pull set pulled_at = '2026-03-01T00:00:00Z' where pull.id = ${lost}`.execute(
    database.db,
  );
  const found = async (parameters: object) =>
    (await operator.call('listPulls', parameters, at)).items.map((row) => row.pull_id);
  assert.deepEqual(await found({ state: 'uncertain' }), [lost]);
  assert.deepEqual(await found({ state: 'released' }), [gone]);
  assert.deepEqual(await found({ state: 'written' }), [kept]);
  const clients = await database.db.selectFrom('client').select(['id', 'nom']).execute();
  const x = clients.find(({ nom }) => nom === 'Promoteur X')?.id;
  assert.deepEqual(await found({ clientIds: [x] }), [gone, lost]);
  assert.deepEqual(await found({ keyIds: [other.id, 'unknown'] }), [kept]);
  assert.deepEqual(await found({ from: '2026-03-01T00:00:00Z', to: '2026-03-01T00:00:01Z' }), [
    lost,
  ]);
  assert.deepEqual(await found({ to: '2026-03-01T00:00:00Z' }), []);
});

test('a pull that handed out nothing is not uncertain: it has nothing to lose', async () => {
  await pull(10);
  const empty = idOf(await pull(1, key, { 'Idempotency-Key': 'empty' }));
  await written(empty, null);
  const { items } = await operator.call('listPulls', {}, at);
  assert.deepEqual(
    items.map(({ contacts }) => contacts),
    [0, 10],
  );
  assert.equal(items[0]?.state, 'written');
});

test('pulls of one moment are read page by page, each once', async () => {
  const expected: string[] = [];
  for (let count = 0; count < 7; count += 1) expected.push(idOf(await pull(1)));
  await sql`update pull set pulled_at = '2026-11-23T09:00:00Z'`.execute(database.db);
  const read: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await operator.call('listPulls', { limit: 3, ...(cursor && { cursor }) }, at);
    assert.equal(page.total, 7);
    read.push(...page.items.map((row) => row.pull_id));
    cursor = page.next ?? undefined;
  } while (cursor);
  assert.deepEqual(read.toSorted(), expected.toSorted());
  assert.deepEqual(read, read.toSorted().reverse());
  await operator.call('listPulls', { cursor: 'x' }, { ...at, expect: 'invalid_parameter' });
});

test('the contacts of a pull are those that were delivered, in order', async () => {
  const reply = await pull(3);
  const id = idOf(reply);
  await sql`update prospect set nom = 'Autre' where prospect.id = 2`.execute(database.db);
  await sql`update action set id_statut = ${QUALIFY} where action.id = 3`.execute(database.db);
  const { pull: told, items, releasable } = await operator.call('getPull', { pullId: id }, at);
  assert.deepEqual(
    items.map(({ contact }) => contact),
    contactsOf(reply),
  );
  assert.deepEqual(
    items.map((item) => [item.position, item.action_id, item.statut_designation, item.held]),
    [
      [1, 1, 'Transmis', true],
      [2, 2, 'Transmis', true],
      [3, 3, 'À qualifier', true],
    ],
  );
  assert.deepEqual([told.pull_id, told.contacts, releasable], [id, 3, 2]);
  const read = await sql<{ detail: unknown }>`
    select audit.detail from audit where audit.act = 'person.read'`.execute(database.db);
  assert.deepEqual(read.rows, [{ detail: { prospects: [1, 2, 3] } }]);
});

test('of an erased person the place in the pull stays', async () => {
  const id = idOf(await pull(2));
  await sql`update pull_item set contact = null where id_action = 1`.execute(database.db);
  const { items } = await operator.call('getPull', { pullId: id }, at);
  assert.deepEqual(
    items.map((item) => [item.action_id, item.contact?.prospect_nom ?? null]),
    [
      [1, null],
      [2, 'Nom 2'],
    ],
  );
});

test('an operator releases a pull of any age: its contacts are back at their place', async () => {
  const id = idOf(await pull(3, key, { 'Idempotency-Key': 'old' }));
  await pull(2);
  await sql`update pull set pulled_at = now() - interval '29 days' where id = ${id}`.execute(
    database.db,
  );
  await sql`update action set id_statut = ${QUALIFY} where action.id = 2`.execute(database.db);
  const released = await release(id);
  assert.deepEqual([released.pull_id, released.released, released.kept], [id, 2, 1]);
  assert.deepEqual(idsOf(await pull(3)), [1, 3, 6]);

  const { pull: told, releasable } = await operator.call('getPull', { pullId: id }, at);
  assert.equal(told.state, 'released');
  assert.equal(told.released_by, `staff:${operator.staff.id}`);
  assert.equal(told.released_by_nom, operator.staff.nom);
  assert.deepEqual([told.released, told.release_reason, releasable], [2, reason, 0]);
  const repeated = await pull(3, key, { 'Idempotency-Key': 'old' });
  assert.equal(repeated.headers.get('error-code'), 'pull_released');
  const audit = await sql<{ actor: string; detail: unknown }>`
    select audit.actor, audit.detail from audit
    where audit.act = 'pull.release' and audit.target = ${`pull:${id}`}`.execute(database.db);
  assert.deepEqual(audit.rows, [
    { actor: `staff:${operator.staff.id}`, detail: { reason, released: 2, kept: 1 } },
  ]);
});

test('releasing twice gives the same answer, whoever released first', async () => {
  const [own, theirs] = [idOf(await pull(2)), idOf(await pull(2))];
  const both = await Promise.all([release(own), release(own)]);
  assert.deepEqual(both[0], both[1]);
  const client = await server.send(key, { operation: 'releasePull', pullId: theirs, reason });
  assert.deepEqual(await release(theirs), JSON.parse(client.text));
  const again = await server.send(key, { operation: 'releasePull', pullId: own, reason });
  assert.deepEqual(JSON.parse(again.text), both[0]);
  const { pull: told } = await operator.call('getPull', { pullId: theirs }, at);
  assert.match(told.released_by ?? '', /^key:/);
  assert.equal(told.released_by_nom, 'Promoteur X');
});

test('a pull that is not there, and a role that may only look, are refused', async () => {
  const id = idOf(await pull(1));
  const none = '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41';
  const missing = { ...at, expect: 'record_not_found' } as const;
  assert.equal(
    await operator.call('getPull', { pullId: none }, missing),
    `There is no pull ${none}.`,
  );
  await operator.call('releasePull', { pullId: none, reason }, missing);
  await operator.call('getPull', { pullId: 'x' }, { ...at, expect: 'invalid_parameter' });
  for (const role of ['lecture', 'dpo'] as const) {
    const somebody = await signedIn(server, role);
    assert.equal((await somebody.call('getPull', { pullId: id }, at)).items.length, 1);
    await somebody.call(
      'releasePull',
      { pullId: id, reason },
      { ...at, expect: 'role_not_allowed' },
    );
  }
});
