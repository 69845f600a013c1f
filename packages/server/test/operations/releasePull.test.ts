import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { crossing } from '../support/waiting.ts';

let server: TestServer;
let database: CrmDatabase;
let key: string;

before(async () => {
  server = await freshServer();
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  await loadInto(database, queueCrm(10));
  key = (await server.key('Promoteur X', { database })).text;
});

const pull = (limit: number, headers = {}) =>
  server.send(key, { operation: 'pullContacts', limit }, headers);
const release = (pullId: string | null, by = key) =>
  server.send(by, { operation: 'releasePull', pullId, reason: 'Import échoué' });

test('released contacts come back at their old place, and the record stays', async () => {
  const first = await pull(3);
  await pull(2);
  const answer = await release(first.headers.get('pull-id'));
  assert.equal(answer.status, 200, answer.text);
  const { released, kept } = JSON.parse(answer.text);
  assert.deepEqual({ released, kept }, { released: 3, kept: 0 });
  assert.deepEqual(idsOf(await pull(5)), [1, 2, 3, 6, 7]);
  const audit = await sql<{ act: string; reason: string }>`
    select audit.act, audit.detail->>'reason' as reason from audit
    where audit.target = ${`pull:${first.headers.get('pull-id')}`}`.execute(database.db);
  assert.deepEqual(audit.rows, [{ act: 'pull.release', reason: 'Import échoué' }]);
});

test('releasing twice gives the same answer, and frees nothing more', async () => {
  const first = await pull(3);
  const once = await release(first.headers.get('pull-id'));
  await pull(3);
  await sql`update pull set pulled_at = pulled_at - interval '25 hours'`.execute(database.db);
  const twice = await release(first.headers.get('pull-id'));
  assert.equal(twice.text, once.text);
  assert.deepEqual(idsOf(await pull(10)), [4, 5, 6, 7, 8, 9, 10]);
});

test('a pull that two keys of its client release at once is released once', async () => {
  const id = (await pull(3)).headers.get('pull-id');
  const second = (await server.key('Promoteur X', { database })).text;
  const [one, other] = await crossing(
    database.db,
    sql`select from action where id_pull = ${id} for update`,
    () => release(id),
    () => release(id, second),
  );
  assert.equal(JSON.parse(one.text).released, 3);
  assert.equal(other.text, one.text);
});

test('what was acted on since stays where it is', async () => {
  const first = await pull(3);
  await sql`update action set id_statut = ${QUALIFY} where action.id = 2`.execute(database.db);
  const { released, kept } = JSON.parse((await release(first.headers.get('pull-id'))).text);
  assert.deepEqual({ released, kept }, { released: 2, kept: 1 });
  assert.deepEqual(idsOf(await pull(3)), [1, 3, 4]);
});

test('a released pull is not given again', async () => {
  const header = { 'Idempotency-Key': 'released' };
  const first = await pull(3, header);
  await release(first.headers.get('pull-id'));
  for (const reply of [
    await pull(3, header),
    await server.send(key, { operation: 'getPullBatch', pullId: first.headers.get('pull-id') }),
  ]) {
    assert.equal(reply.status, 409);
    assert.equal(reply.headers.get('error-code'), 'pull_released');
    // Waiting is of no use: only a new name is.
    assert.equal(reply.headers.get('retry-after'), null);
  }
});

test('after 24 hours a pull is no longer released', async () => {
  const first = await pull(3);
  const id = first.headers.get('pull-id');
  const age = (interval: string) =>
    sql`update pull set pulled_at = clock_timestamp() - ${interval}::interval`.execute(database.db);
  await age('24 hours 1 second');
  const late = await release(id);
  assert.equal(late.status, 409);
  assert.equal(late.headers.get('error-code'), 'release_window_closed');
  await age('23 hours 59 minutes');
  assert.equal((await release(id)).status, 200);
});

test("another client's pull and one that never was are refused with the same bytes", async () => {
  const first = await pull(3);
  const other = (await server.key('Promoteur Y', { database })).text;
  for (const operation of ['releasePull', 'getPullBatch', 'getPulledContacts']) {
    const parameters = operation === 'releasePull' ? { reason: 'x' } : {};
    const theirs = await server.send(other, {
      operation,
      pullId: first.headers.get('pull-id'),
      ...parameters,
    });
    const none = await server.send(other, {
      operation,
      pullId: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      ...parameters,
    });
    assert.equal(theirs.status, 404);
    assert.equal(theirs.headers.get('error-code'), 'pull_not_found');
    assert.equal(theirs.text, none.text);
  }
});

test('a repeat leaves out what a narrowed scope no longer allows, and says how many', async () => {
  const header = { 'Idempotency-Key': 'narrowed' };
  const body = { operation: 'pullContacts', limit: 6, regionIds: [30, 62] };
  await server.send(key, body, header);
  const narrow = await server.key('Promoteur X', { database, regions: [30] });
  const reply = await server.send(narrow.text, body, header);
  assert.deepEqual(idsOf(reply), [1, 3, 5]);
  assert.equal(reply.headers.get('pull-withheld'), '3');
  assert.equal(reply.headers.get('pull-count'), '3');
});
