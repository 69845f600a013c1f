import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { PULLED, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { crossing } from '../support/waiting.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
});

const change = (actions: { id: number; version: number }[], statutId: number) =>
  operator.call(
    'changeStatut',
    { actions, statutId, reason: 'by hand' },
    { database: database.nom },
  );

test('a change of statut tells for each contact what became of it', async () => {
  await loadInto(database, queueCrm(4));
  const key = await server.key('Promoteur X', { database, regions: [30] });
  await server.send(key.text, { operation: 'pullContacts', limit: 1 });
  const seen = [1, 2, 3, 99].map((id) => ({ id, version: id === 1 ? 2 : 1 }));
  const first = await change(seen.slice(1), QUALIFY);
  assert.deepEqual(
    first.changes.map(({ action_id, outcome }) => [action_id, outcome]),
    [
      [2, 'changed'],
      [3, 'changed'],
      [99, 'refused'],
    ],
  );
  const again = await change(seen, READY);
  assert.deepEqual(
    again.changes.map(({ action_id, outcome }) => [action_id, outcome]),
    [
      [1, 'refused'],
      [2, 'refused'],
      [3, 'refused'],
      [99, 'refused'],
    ],
  );
  assert.match(again.changes[0]?.problem ?? '', /pulled by "Promoteur X".*release that pull/);
  assert.match(again.changes[1]?.problem ?? '', /changed meanwhile: it stands in "À qualifier"/);
});

test('a contact that is made ready by hand comes last, and one that was received keeps its place', async () => {
  await loadInto(database, queueCrm(3));
  const key = await server.key('Promoteur X', { database });
  const pull = (limit: number) => server.send(key.text, { operation: 'pullContacts', limit });
  await change([{ id: 1, version: 1 }], QUALIFY);
  await change([{ id: 1, version: 2 }], READY);
  const first = await pull(1);
  assert.deepEqual(idsOf(first), [2]);
  await change([{ id: 2, version: 2 }], QUALIFY);
  await change([{ id: 2, version: 3 }], PULLED);
  const pullId = first.headers.get('pull-id') ?? '';
  await operator.call('releasePull', { pullId, reason: 'a test' }, { database: database.nom });
  assert.deepEqual(idsOf(await pull(3)), [2, 3, 1]);
});

test('a contact that stayed with its client when its pull was released is told as that', async () => {
  await loadInto(database, queueCrm(2));
  const key = await server.key('Promoteur X', { database });
  const pulled = await server.send(key.text, { operation: 'pullContacts' });
  await change([{ id: 1, version: 2 }], QUALIFY);
  const pullId = pulled.headers.get('pull-id') ?? '';
  await operator.call('releasePull', { pullId, reason: 'a test' }, { database: database.nom });
  const { changes } = await change([{ id: 1, version: 3 }], READY);
  assert.match(
    changes[0]?.problem ?? '',
    /^It stays with "Promoteur X", which received it at \S+\.$/,
  );
});

test('who saw a contact as handed out is told that its pull was released since', async () => {
  await loadInto(database, queueCrm(1));
  const key = await server.key('Promoteur X', { database });
  const pulled = await server.send(key.text, { operation: 'pullContacts' });
  const pullId = pulled.headers.get('pull-id');
  await server.send(key.text, { operation: 'releasePull', pullId, reason: 'a test' });
  const { changes } = await change([{ id: 1, version: 2 }], QUALIFY);
  assert.match(changes[0]?.problem ?? '', /changed meanwhile: it stands in "À transmettre"/);
});

test('of two operators who change one contact at once, one is told', async () => {
  await loadInto(database, queueCrm(1));
  const [first, second] = await crossing(
    database.db,
    sql`select from action where id = 1 for update`,
    () => change([{ id: 1, version: 1 }], QUALIFY),
    () => change([{ id: 1, version: 1 }], PULLED),
  );
  const told = [first, second].flatMap(({ changes }) => changes.map(({ problem }) => problem));
  const [now] = told.filter((problem) => problem !== null);
  assert.equal(told.length, 2);
  assert.ok(told.includes(null));
  assert.match(
    now ?? '',
    /^It was changed meanwhile: it stands in "(À qualifier|Transmis)" now\.$/,
  );
});

test('an operator who waits for a pull is told that the contact was handed out', async () => {
  await loadInto(database, queueCrm(1));
  const key = await server.key('Promoteur X', { database });
  const [pulled, { changes }] = await crossing(
    database.db,
    sql`lock table pull_item in share mode`,
    () => server.send(key.text, { operation: 'pullContacts' }),
    () => change([{ id: 1, version: 1 }], QUALIFY),
  );
  assert.deepEqual(idsOf(pulled), [1]);
  assert.match(
    changes[0]?.problem ?? '',
    /^It was changed meanwhile: it stands in "Transmis" now\.$/,
  );
});

test('a statut that is deleted while its giving waits is told', async () => {
  await loadInto(database, queueCrm(1));
  const at = { database: database.nom };
  const list = 'statuts' as const;
  const { id } = await operator.call('saveDesignation', { list, designation: 'Absent' }, at);
  const asked = { actions: [{ id: 1, version: 1 }], statutId: id, reason: 'by hand' };
  const [said] = await crossing(
    database.db,
    sql`select from action where id = 1 for update`,
    () => operator.call('changeStatut', asked, { ...at, expect: 'record_not_found' }),
    () => operator.call('deleteDesignation', { list, id }, at),
  );
  assert.equal(said, 'A statut of this id does not exist.');
});

test('a change of statut that makes no sense is refused whole', async () => {
  await loadInto(database, queueCrm(1));
  const call = (parameters: object, expect: 'invalid_parameter' | 'record_not_found') =>
    operator.call(
      'changeStatut',
      { actions: [{ id: 1, version: 1 }], statutId: QUALIFY, reason: 'x', ...parameters },
      { database: database.nom, expect },
    );
  assert.equal(await call({ statutId: 99 }, 'record_not_found'), 'There is no statut 99.');
  await call({ reason: ' ' }, 'invalid_parameter');
  await call({ actions: [] }, 'invalid_parameter');
  const many = Array.from({ length: 501 }, (_, index) => ({ id: index + 1, version: 1 }));
  await call({ actions: many }, 'invalid_parameter');
  await call({ actions: [many[0], many[0]] }, 'invalid_parameter');
});

test('reading is for everyone, changing for those who do the daily work', async () => {
  await loadInto(database, queueCrm(1));
  for (const role of ['lecture', 'dpo'] as const) {
    const somebody = await signedIn(server, role);
    const at = { database: database.nom };
    assert.equal((await somebody.call('searchContacts', {}, at)).total, 1);
    await somebody.call(
      'changeStatut',
      { actions: [{ id: 1, version: 1 }], statutId: QUALIFY, reason: 'x' },
      { ...at, expect: 'role_not_allowed' },
    );
  }
});
