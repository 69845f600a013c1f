import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto, type TestInstallation } from '../support/installation.ts';
import { contactsOf, idsOf, send, serverFor, spawnServer } from '../support/server.ts';
import { untilWaiting, untilWritten } from '../support/waiting.ts';

/** Asks again until the answer is as wanted; the test's own time-out is the limit. */
async function eventually<Value>(ask: () => Promise<Value>, wanted: (value: Value) => boolean) {
  for (;;) {
    const value = await ask();
    if (wanted(value)) return value;
    await delay(20);
  }
}

/** Sends a pull on a socket of its own and cuts the socket at the first byte of the answer. */
async function cutPull(url: string, key: string, idempotencyKey: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const socket = connectSocket(Number(port), hostname);
  const body = '{"operation":"pullContacts"}';
  socket.write(
    `POST /api/v1 HTTP/1.1\r\nHost: ${hostname}\r\nx-api-key: ${key}\r\n` +
      `Idempotency-Key: ${idempotencyKey}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  await once(socket, 'data');
  socket.resetAndDestroy();
}

const pullCount = async ({ main }: TestInstallation) =>
  (await sql<{ n: number }>`select count(*) as n from pull`.execute(main.db)).rows[0]?.n ?? 0;

test('after an answer was cut on the socket, the same idempotency key brings it whole', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(300));
  const key = (await server.key('Promoteur X')).text;
  await cutPull(server.url, key, 'cut');
  const headers = { 'Idempotency-Key': 'cut' };
  const repeat = await server.send(key, { operation: 'pullContacts' }, headers);
  assert.equal(repeat.headers.get('idempotency-replayed'), 'true');
  assert.equal(contactsOf(repeat).length, 200);
  const again = await server.send(key, { operation: 'pullContacts' }, headers);
  assert.equal(again.text, repeat.text);
  const batch = await server.send(key, {
    operation: 'getPullBatch',
    pullId: repeat.headers.get('pull-id'),
  });
  assert.equal(batch.text, repeat.text);
});

test('after the server was killed between commit and answer, another brings the same bytes', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(300));
  const key = (await installation.key('Promoteur X')).text;
  const env = { DATABASE_URL: installation.catalogUrl };
  const headers = { 'Idempotency-Key': 'killed' };
  const body = { operation: 'pullContacts' };

  const first = await spawnServer(env);
  const answer = send(first.url, key, body, headers).catch(() => undefined);
  // Frozen before it can write, killed as soon as the pull is committed.
  await eventually(
    () => pullCount(installation),
    (count) => count === 1,
  );
  await first.end('SIGKILL');
  await answer;

  const servers = await Promise.all([spawnServer(env), spawnServer(env)]);
  t.after(() => Promise.all(servers.map((server) => server.end())));
  const replies = await Promise.all(
    servers.flatMap(({ url }) => [send(url, key, body, headers), send(url, key, body, headers)]),
  );
  assert.equal(new Set(replies.map(({ text }) => text)).size, 1);
  assert.deepEqual(
    idsOf(replies[0] as (typeof replies)[0]),
    Array.from({ length: 200 }, (_, index) => index + 1),
  );
  assert.equal(await pullCount(installation), 1);
});

test('a pull whose caller hung up while it waited takes nothing', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(5));
  const key = (await server.key('Promoteur X')).text;
  await server.main.db.transaction().execute(async (trx) => {
    await sql`select from client for update`.execute(trx);
    const abort = new AbortController();
    const call = send(server.url, key, { operation: 'pullContacts' }, {}, abort.signal);
    await untilWaiting(server.main.db);
    abort.abort();
    await assert.rejects(call);
  });
  const read = async () => idsOf(await server.send(key, { operation: 'pullContacts' }));
  assert.deepEqual(await eventually(read, (ids) => ids.length > 0), [1, 2, 3, 4, 5]);
  assert.equal(await pullCount(server), 1);
});

test('a pull whose answer was written is certain; one whose answer was not is listed as uncertain', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(10));
  const key = (await server.key('Promoteur X')).text;
  const list = () => server.send(key, { operation: 'getPulledContacts' });

  const pull = await server.send(key, { operation: 'pullContacts', limit: 5 });
  const pullId = pull.headers.get('pull-id');
  const certain = await eventually(list, ({ headers }) => !headers.get('pulls-uncertain'));
  assert.equal(idsOf(certain).length, 5);
  const batch = await server.send(key, { operation: 'getPullBatch', pullId });
  assert.equal(batch.headers.get('pull-delivery'), 'written');

  // Notes are written in order: once this one is, so is that of the answer before.
  const next = await server.send(key, { operation: 'pullContacts', limit: 1 });
  await untilWritten(server.main.db, next.headers.get('pull-id') ?? '');
  await sql`update pull set answer_written_at = null where id = ${pullId}`.execute(server.main.db);
  assert.equal((await list()).headers.get('pulls-uncertain'), pullId);
  const uncertain = await server.send(key, { operation: 'getPullBatch', pullId });
  assert.equal(uncertain.headers.get('pull-delivery'), 'uncertain');
  await eventually(list, ({ headers }) => !headers.get('pulls-uncertain'));
});

test('a pull of which a repeat may show a part alone stays uncertain until all of it was written', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(8));
  const whole = (await server.key('Promoteur X')).text;
  const narrow = (await server.key('Promoteur X', { regions: [30] })).text;
  const body = { operation: 'pullContacts', limit: 6, idempotencyKey: 'lost' };
  const pullId = (await server.send(whole, body)).headers.get('pull-id') ?? '';
  await untilWritten(server.main.db, pullId);
  await sql`update pull set answer_written_at = null`.execute(server.main.db);

  for (const ask of [body, { operation: 'getPullBatch', pullId }]) {
    const part = await server.send(narrow, ask);
    assert.deepEqual([idsOf(part), part.headers.get('pull-withheld')], [[1, 3, 5], '3']);
  }
  // Notes are written in order.
  const next = await server.send(narrow, { operation: 'pullContacts' });
  await untilWritten(server.main.db, next.headers.get('pull-id') ?? '');
  const list = () => server.send(whole, { operation: 'getPulledContacts' });
  assert.equal((await list()).headers.get('pulls-uncertain'), pullId);

  // Of an erased person nothing is to come any more.
  await sql`update pull_item set contact = null where position = 1`.execute(server.main.db);
  const repeat = await server.send(whole, body);
  assert.deepEqual(
    [repeat.headers.get('pull-withheld'), repeat.headers.get('pull-delivery')],
    ['1', 'uncertain'],
  );
  await eventually(list, ({ headers }) => !headers.get('pulls-uncertain'));
});

test('the uncertain pulls are the client’s own, that hold contacts and were not released', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(6));
  const key = (await server.key('Promoteur X')).text;
  const other = (await server.key('Promoteur Y')).text;
  const pull = async (by: string, body: object = {}) =>
    (await server.send(by, { operation: 'pullContacts', limit: 1, ...body })).headers.get(
      'pull-id',
    ) ?? '';
  const first = await pull(key);
  const second = await pull(key);
  const released = await pull(key);
  const theirs = await pull(other, { limit: 4 });
  const empty = await pull(key, { idempotencyKey: 'empty' });
  await untilWritten(server.main.db, first, second, released, theirs, empty);
  await server.send(key, { operation: 'releasePull', pullId: released, reason: 'x' });
  await sql`update pull set answer_written_at = null`.execute(server.main.db);
  const list = await server.send(key, { operation: 'getPulledContacts' });
  assert.equal(list.headers.get('pulls-uncertain'), `${second}, ${first}`);
  await sql`
    update pull set pulled_at = pulled_at - interval '30 days' where id = ${first}`.execute(
    server.main.db,
  );
  const later = await server.send(key, { operation: 'getPulledContacts' });
  assert.equal(later.headers.get('pulls-uncertain'), second);
});

test('without an idempotency key, a lost batch is on page one of getPulledContacts', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(300));
  const key = (await server.key('Promoteur X')).text;
  const lost = await server.send(key, { operation: 'pullContacts' });
  const next = await server.send(key, { operation: 'pullContacts' });
  const page = contactsOf(await server.send(key, { operation: 'getPulledContacts' }));
  const found = page.filter(({ pull_id }) => pull_id === lost.headers.get('pull-id'));
  assert.deepEqual(
    found.map(({ action_id }) => action_id).sort((left, right) => left - right),
    idsOf(lost),
  );
  assert.equal(page.length, idsOf(lost).length + idsOf(next).length);
});
