import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { listClients } from '../../src/store/clients.ts';
import { lockIdempotencyKey } from '../../src/store/pulls.ts';
import { programmeOf, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import {
  contactsOf,
  freshServer,
  idsOf,
  patiently,
  type Reply,
  type TestServer,
} from '../support/server.ts';
import { untilWaiting, whileHeld } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

/** A CRM database with a queue, and a key to it. */
async function queueOf(count: number, regions?: readonly number[]) {
  const database = await server.create();
  await loadInto(database, queueCrm(count, regions));
  const key = (await server.key('Promoteur X', { database })).text;
  const pull = (body: object = {}, headers: Record<string, string> = {}): Promise<Reply> =>
    server.send(key, { operation: 'pullContacts', ...body }, headers);
  return { database, key, pull };
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

test('a pull takes at most 200, those ready longest first, in order', async () => {
  const { pull } = await queueOf(450);
  const first = await pull();
  assert.deepEqual(idsOf(first), range(1, 200));
  assert.equal(first.headers.get('pull-remaining'), '250');
  assert.deepEqual(idsOf(await pull({ limit: 1 })), [201]);
  assert.deepEqual(idsOf(await pull()), range(202, 401));
  const last = await pull();
  assert.deepEqual(idsOf(last), range(402, 450));
  assert.equal(last.headers.get('pull-seq'), '4');
  assert.deepEqual(idsOf(await pull()), []);
});

test('equal times are ordered by action id', async () => {
  const { database, pull } = await queueOf(20);
  await sql`update action set ready_at = '2026-01-01T00:00:00Z'`.execute(database.db);
  assert.deepEqual(idsOf(await pull({ limit: 7 })), range(1, 7));
});

test('a pull passes over what others hold, however often, and is whole', async () => {
  const { database, pull } = await queueOf(8);
  const held = sql`select from action where id in (2, 4, 5) for update`;
  const reply = await whileHeld(database.db, held, () => pull({ limit: 3 }));
  assert.deepEqual(idsOf(reply), [1, 3, 6]);
});

test('a contact that became ready later comes later, whatever its number', async () => {
  const { database, pull } = await queueOf(3);
  await sql`update action set ready_at = clock_timestamp() where id = 1`.execute(database.db);
  assert.deepEqual(idsOf(await pull()), [2, 3, 1]);
});

test('filters narrow a pull to regions and programmes of the key', async () => {
  const { pull } = await queueOf(20);
  assert.deepEqual(idsOf(await pull({ regionIds: [62], limit: 3 })), [2, 4, 6]);
  assert.deepEqual(idsOf(await pull({ programmeIds: [programmeOf(30)], limit: 2 })), [1, 3]);
  const none = await pull({ programmeIds: [programmeOf(30)], regionIds: [62] });
  assert.equal(none.status, 403);
  assert.equal(none.headers.get('error-code'), 'programme_not_allowed');
});

test('the same idempotency key brings the same bytes', async () => {
  const { pull } = await queueOf(50);
  const header = { 'Idempotency-Key': '"batch-1"' };
  const first = await pull({ limit: 10 }, header);
  const again = await pull({ limit: 10 }, header);
  const inBody = await pull({ limit: 10, idempotencyKey: 'batch-1' });
  assert.equal(again.text, first.text);
  assert.equal(inBody.text, first.text);
  assert.equal(first.headers.get('idempotency-replayed'), null);
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.equal(again.headers.get('pull-id'), first.headers.get('pull-id'));
  assert.equal(again.headers.get('pull-seq'), '1');
  assert.deepEqual(idsOf(await pull({ limit: 10 })), range(11, 20));
});

test('an idempotency key under a name that is nearly its own is refused, and nothing is taken', async () => {
  const { pull } = await queueOf(3);
  const misspelt = [
    'idempotency_key',
    'idempotency-key',
    'Idempotency-Key',
    'idempotencykey',
    'idempotency',
    'idempotenceKey',
    'X-Idempotency-Key',
    'idempotancy_key',
  ];
  for (const name of misspelt) {
    const refused = await pull({ [name]: 'batch-1' });
    assert.deepEqual(
      [refused.status, refused.headers.get('error-code'), JSON.parse(refused.text).error],
      [
        400,
        'invalid_parameter',
        `"pullContacts" has no such parameter ("${name}"): use "idempotencyKey".`,
      ],
    );
  }
  // Beside one that is spelt well, and any other member that nobody knows.
  const named = await pull({ idempotency_key: 'x' }, { 'Idempotency-Key': 'batch-1' });
  assert.deepEqual(idsOf(named), [1, 2, 3]);
  assert.equal((await pull({ id: 1, key: 'x', request_id: 'y', token: 'z' })).status, 200);
});

test('an idempotency key that header and body give differently is refused, and nothing is taken', async () => {
  const { pull } = await queueOf(1);
  const refused = await pull({ idempotencyKey: 'one' }, { 'Idempotency-Key': 'another' });
  assert.equal(refused.status, 400);
  assert.match(refused.text, /"idempotencyKey\\": differs from the Idempotency-Key header/);
  const same = await pull({ idempotencyKey: 'one' }, { 'Idempotency-Key': '"one"' });
  assert.deepEqual(idsOf(same), [1]);
});

test('an empty pull under an idempotency key stays empty when it is repeated', async () => {
  const { database, pull } = await queueOf(1);
  await pull();
  const header = { 'Idempotency-Key': 'nothing' };
  const first = await pull({}, header);
  assert.equal(first.text, '[]');
  await sql`update action set id_statut = 2, id_pull = null, id_client = null`.execute(database.db);
  const again = await pull({}, header);
  assert.equal(again.text, '[]');
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(idsOf(await pull()), [1]);
});

test('a different request under the same idempotency key is refused', async () => {
  const { pull } = await queueOf(10);
  const header = { 'Idempotency-Key': 'one' };
  await pull({ limit: 2, regionIds: [30, 62] }, header);
  for (const different of [
    { limit: 3, regionIds: [30, 62] },
    { limit: 2, regionIds: [30] },
    { limit: 2 },
    { limit: 2, regionIds: [30, 62], programmeIds: [programmeOf(30)] },
  ]) {
    const other = await pull(different, header);
    assert.equal(other.status, 422, JSON.stringify(different));
    assert.equal(other.headers.get('error-code'), 'idempotency_mismatch');
  }
  const reordered = await pull({ limit: 2, regionIds: [62, 30, 62] }, header);
  assert.equal(reordered.headers.get('idempotency-replayed'), 'true');
  await pull({}, { 'Idempotency-Key': 'all' });
  const most = await pull({ limit: 200 }, { 'Idempotency-Key': 'all' });
  assert.equal(most.headers.get('idempotency-replayed'), 'true');
});

test('two clients may use the same idempotency key, and see nothing of one another', async () => {
  const { database, pull } = await queueOf(10);
  const other = (await server.key('Promoteur Y', { database })).text;
  const header = { 'Idempotency-Key': 'shared' };
  const mine = await pull({ limit: 5 }, header);
  const theirs = await server.send(other, { operation: 'pullContacts', limit: 5 }, header);
  assert.deepEqual(idsOf(mine), range(1, 5));
  assert.deepEqual(idsOf(theirs), range(6, 10));
  // Nor do they wait for one another.
  const [client] = await listClients(database.db);
  await database.db.transaction().execute(async (trx) => {
    await lockIdempotencyKey(trx, client?.id ?? 0, 'shared');
    const again = await server.send(other, { operation: 'pullContacts', limit: 5 }, header);
    assert.equal(again.text, theirs.text);
  });
});

test('what is left is counted to a thousand, also while others hold it', async () => {
  const { database, pull } = await queueOf(1_150);
  const remaining = async () => (await pull()).headers.get('pull-remaining');
  assert.equal(await remaining(), '950');
  await sql`update action set id_statut = 2`.execute(database.db);
  await database.db.transaction().execute(async (trx) => {
    await sql`select from action for update`.execute(trx);
    const none = await pull();
    assert.deepEqual([none.text, none.headers.get('pull-remaining')], ['[]', '1000']);
  });
});

test('a clock that goes back by up to a minute does not take the time of pulls back', async () => {
  const { database, pull } = await queueOf(4);
  const pulledAfter = async (ahead: string): Promise<[last: string, pulled: string]> => {
    const { rows } = await sql<{ at: Date }>`
      update client set last_pulled_at =
        date_trunc('milliseconds', clock_timestamp() + ${ahead}::interval)
      returning last_pulled_at as at`.execute(database.db);
    const [contact] = contactsOf(await pull({ limit: 1 }));
    return [rows[0]?.at.toISOString() ?? '', contact?.pulled_at ?? ''];
  };
  const [last, pulled] = await pulledAfter('50 seconds');
  assert.equal(pulled, last);
  const [far, now] = await pulledAfter('70 seconds');
  assert.ok(now < far, 'one that was far ahead is not followed');
});

test('an idempotency key is free again after 30 days', async () => {
  const { database, pull } = await queueOf(4);
  const header = { 'Idempotency-Key': 'monthly' };
  const first = await pull({ limit: 2 }, header);
  const age = (interval: string) =>
    sql`update pull set pulled_at = clock_timestamp() - ${interval}::interval`.execute(database.db);
  await age('719 hours 59 minutes');
  assert.equal((await pull({ limit: 2 }, header)).text, first.text);
  await age('720 hours 1 second');
  assert.deepEqual(idsOf(await pull({ limit: 2 }, header)), [3, 4]);
});

test('twelve simultaneous pulls under one idempotency key bring one batch', async () => {
  const { pull } = await queueOf(100);
  const header = { 'Idempotency-Key': 'race' };
  const replies = await Promise.all(
    range(1, 12).map(() => patiently(() => pull({ limit: 20 }, header))),
  );
  assert.deepEqual([...new Set(replies.map(({ text }) => text))].length, 1);
  assert.deepEqual(idsOf(replies[0] as Reply), range(1, 20));
  assert.equal(replies.filter(({ headers }) => !headers.get('idempotency-replayed')).length, 1);
  assert.deepEqual(idsOf(await pull({ limit: 1 })), [21]);
});

test('a request whose twin is still running is told to wait', async () => {
  const { database, pull } = await queueOf(5);
  const header = { 'Idempotency-Key': 'slow' };
  const [client] = await listClients(database.db);
  await database.db.transaction().execute(async (trx) => {
    await lockIdempotencyKey(trx, client?.id ?? 0, 'slow');
    const reply = await pull({}, header);
    assert.equal(reply.status, 409);
    assert.equal(reply.headers.get('error-code'), 'idempotency_in_progress');
    assert.equal(reply.headers.get('retry-after'), '1');
  });
  assert.deepEqual(idsOf(await pull({}, header)), range(1, 5));
});

test('a pull that waits for its turn holds no contact meanwhile', async () => {
  const { database, pull } = await queueOf(20);
  const { db } = database;
  const waiting = await db.transaction().execute(async (trx) => {
    await sql`select from client for update`.execute(trx);
    const reply = pull();
    await untilWaiting(db);
    const free = await sql`select from action for update skip locked`.execute(trx);
    assert.equal(free.rows.length, 20);
    return { reply };
  });
  assert.deepEqual(idsOf(await waiting.reply), range(1, 20));
});

let shared: ReturnType<typeof queueOf> | undefined;
for (const [given, accepted] of [
  ['x', true],
  ['x'.repeat(255), true],
  ['"quoted"', true],
  ['"with \\"quotes\\""', false],
  ['', false],
  ['""', false],
  ['x'.repeat(256), false],
  ['two words', false],
  ['é', false],
] as const) {
  test(`the Idempotency-Key ${given.slice(0, 20)} is ${accepted ? 'accepted' : 'refused'}`, async () => {
    shared ??= queueOf(3);
    const { pull } = await shared;
    const reply = await pull({}, { 'Idempotency-Key': given });
    assert.equal(reply.status, accepted ? 200 : 400, reply.text);
    if (!accepted) assert.match(reply.text, /Idempotency-Key/);
  });
}

test('an Idempotency-Key in quotes may stand in header and body alike', async () => {
  const { pull } = await queueOf(3);
  const quoted = '"both"';
  const both = () => pull({ idempotencyKey: quoted }, { 'Idempotency-Key': quoted });
  assert.deepEqual(idsOf(await both()), [1, 2, 3]);
  const again = await pull({}, { 'Idempotency-Key': 'both' });
  assert.equal(again.headers.get('Idempotency-Replayed'), 'true');
});
