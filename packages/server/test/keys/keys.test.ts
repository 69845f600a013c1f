import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import { endKey, rotateKey } from '../../src/changes/keyring.ts';
import { issueKey, parseKey } from '../../src/keys/key.ts';
import { startServer } from '../../src/serve.ts';
import { listKeys } from '../../src/store/keySummaries.ts';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import {
  freshServer,
  idsOf,
  send,
  serverFor,
  spawnServer,
  type TestServer,
} from '../support/server.ts';
import { typo } from '../support/typo.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(600));
});
after(() => server.close());

const regions = { operation: 'getRegions' };

test('a key has its shape, and a mistyped one is known without asking the database', () => {
  const { text, id } = issueKey('live');
  assert.match(text, /^relais_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  assert.equal(parseKey(text)?.id, id);
  for (let at = 0; at < text.length; at += 1) {
    const mistyped = typo(text, at);
    assert.equal(parseKey(mistyped), undefined, mistyped);
  }
});

test('the secret is not in the database', async () => {
  const { text } = await server.key('Promoteur X');
  const rows = await sql<{ row: string }>`
    select api_key::text as row from api_key`.execute(server.main.db);
  const secret = text.split('_').at(-1) ?? '';
  for (const { row } of rows.rows) assert.ok(!row.includes(secret.slice(0, 20)));
});

test('revoked, expired and unknown keys are told apart only to who holds the secret', async () => {
  const revoked = await server.key('Promoteur X');
  await endKey(server.main, revoked.id, 'command:test');
  const gone = await server.send(revoked.text, regions);
  assert.equal(gone.headers.get('error-code'), 'api_key_revoked');

  const expired = await server.key('Promoteur X', { expires_at: new Date(Date.now() - 1000) });
  const late = await server.send(expired.text, regions);
  assert.equal(late.headers.get('error-code'), 'api_key_expired');

  const forged = issueKey('live').text;
  const other = await server.send(forged, regions);
  assert.equal(other.text, '{"valid":false,"error":"Invalid API Key"}');
});

test('a test key opens a test database alone, and its answers say so', async () => {
  const sandbox = await server.create('sandbox', 'test');
  await loadInto(sandbox, queueCrm(2));
  const { text } = await server.key('Promoteur X', { database: sandbox });
  assert.match(text, /^relais_test_/);
  const reply = await server.send(text, { operation: 'readContacts' });
  assert.equal(reply.headers.get('environment'), 'test');
  assert.deepEqual(idsOf(reply), [1, 2]);
});

test('a revocation holds from the next request on, on every process', async (t) => {
  const { text, id } = await server.key('Promoteur X');
  const processes = await Promise.all(
    [1, 2].map(() => spawnServer({ DATABASE_URL: server.catalogUrl })),
  );
  t.after(() => Promise.all(processes.map((process) => process.end())));
  for (const { url } of processes) assert.equal((await send(url, text, regions)).status, 200);
  await endKey(server.main, id, 'command:test');
  for (const { url } of processes) assert.equal((await send(url, text, regions)).status, 401);
});

test('rotation keeps the mapping and the idempotency keys; both work during the overlap', async () => {
  const old = await server.key('Promoteur R', { regions: [30] });
  const header = { 'Idempotency-Key': 'before rotation'.replaceAll(' ', '-') };
  const pull = { operation: 'pullContacts', limit: 3 };
  const first = await server.send(old.text, pull, header);
  const rotated = (id: string, overlapHours: number) =>
    rotateKey(server.databases, server.main, id, { overlapHours }, 'command:test');
  const fresh = await rotated(old.id, 1);
  assert.equal((await server.send(fresh.text, pull, header)).text, first.text);
  assert.equal((await server.send(old.text, pull, header)).text, first.text);
  assert.equal(
    (await server.send(fresh.text, regions)).text,
    (await server.send(old.text, regions)).text,
  );
  const last = await rotated(fresh.id, 0);
  assert.equal(
    (await server.send(fresh.text, regions)).headers.get('error-code'),
    'api_key_expired',
  );
  assert.equal((await server.send(last.text, regions)).status, 200);
});

test('operations and addresses that a key is not mapped to are refused', async () => {
  const reader = (await server.key('Promoteur X', { operations: ['getRegions'] })).text;
  assert.equal((await server.send(reader, regions)).status, 200);
  const pull = await server.send(reader, { operation: 'pullContacts' });
  assert.equal(pull.status, 403);
  assert.equal(pull.headers.get('error-code'), 'operation_not_allowed');

  const elsewhere = (await server.key('Promoteur X', { ip_ranges: ['203.0.113.7/24'] })).text;
  const refused = await server.send(elsewhere, regions);
  assert.equal(refused.status, 403);
  assert.equal(refused.headers.get('error-code'), 'address_not_allowed');
  const here = (await server.key('Promoteur X', { ip_ranges: ['127.0.0.0/8', '::1'] })).text;
  assert.equal((await server.send(here, regions)).status, 200);
});

test('a scope narrowed between two requests holds for the second', async () => {
  const key = await server.key('Promoteur N', { regions: [30, 62] });
  assert.equal(idsOf(await server.send(key.text, { operation: 'readContacts' })).length, 200);
  await sql`delete from key_region own where own.id_key = ${key.id}`.execute(server.main.db);
  assert.deepEqual(idsOf(await server.send(key.text, { operation: 'readContacts' })), []);
  assert.deepEqual(idsOf(await server.send(key.text, { operation: 'pullContacts' })), []);
});

test('after a revocation has returned, no pull in flight takes anything with the key', async () => {
  // Many keys, each with pulls in flight when it is revoked.
  for (let round = 0; round < 20; round += 1) {
    const key = await server.key(`Promoteur ${round}`);
    const pulls = [1, 2, 3].map(() =>
      server.send(key.text, { operation: 'pullContacts', limit: 1 }),
    );
    await new Promise((resolve) => setImmediate(resolve));
    await endKey(server.main, key.id, 'command:test');
    const counted = async () => {
      const found = await sql<{ n: number }>`
        select count(*) as n from pull where pull.id_key = ${key.id}`.execute(server.main.db);
      return found.rows[0]?.n;
    };
    const atRevocation = await counted();
    await Promise.all(pulls);
    assert.equal(await counted(), atRevocation);
  }
});

test('what became of a key while a request waited for it holds for that request', async () => {
  const changes: [what: RawBuilder<unknown>, status: number][] = [
    [sql`update api_key set revoked_at = clock_timestamp()`, 401],
    [sql`update api_key set operations = '{getRegions}'`, 403],
    [sql`update api_key set all_regions = false`, 200],
  ];
  const { db } = server.main;
  const { text: puller } = await server.key('Promoteur P');
  for (const [change, status] of changes) {
    for (const operation of ['pullContacts', 'releasePull']) {
      const key = await server.key('Promoteur P');
      const pulled = await server.send(puller, { operation: 'pullContacts', limit: 1 });
      const parameters =
        operation === 'pullContacts'
          ? { limit: 1 }
          : { pullId: pulled.headers.get('pull-id'), reason: 'x' };
      const changing = await db.startTransaction().execute();
      await sql`${change} where id = ${key.id}`.execute(changing);
      const reply = server.send(key.text, { operation, ...parameters });
      await untilWaiting(db);
      await changing.commit().execute();
      assert.equal((await reply).status, status, operation);
      if (status === 200 && operation === 'pullContacts') assert.deepEqual(idsOf(await reply), []);
    }
  }
});

test('a statut or region that a key maps to can not be deleted', async () => {
  await server.key('Promoteur X', { regions: [30] });
  const restricted = { code: '23503' };
  const { db } = server.main;
  await assert.rejects(sql`delete from statut where statut.id = 3`.execute(db), restricted);
  await assert.rejects(sql`delete from region where region.id = 30`.execute(db), restricted);
});

test('the last use of a key is kept', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(1));
  const key = await installation.key('Promoteur U');
  const running = await startServer(installation.config);
  await send(running.url, key.text, { operation: 'readContacts' });
  await send(running.url, key.text, regions);
  // Closing writes what was not written yet.
  await running.close();
  const [listed] = await listKeys(installation.main.db);
  assert.equal(listed?.last_operation, 'getRegions');
  assert.equal(listed?.last_address, '127.0.0.1');
  assert.ok(listed?.last_used_at);
});

test('eleven failed attempts from an address within a minute are slowed, valid keys are not', async (t) => {
  const strict = await serverFor(t);
  await loadInto(strict.main, queueCrm(1));
  const valid = (await strict.key('Promoteur X')).text;
  const codes: (string | null)[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1) {
    const reply = await strict.send(issueKey('live').text, regions);
    codes.push(reply.headers.get('error-code'));
  }
  assert.deepEqual(codes, [...Array(10).fill('invalid_api_key'), 'rate_limited']);
  assert.equal((await strict.send(valid, regions)).status, 200);
});

test('more requests than the limit allows are answered 429 with Retry-After', async (t) => {
  const strict = await serverFor(t, { RELAIS_RATE_LIMIT: '2' });
  await loadInto(strict.main, queueCrm(1));
  const { text } = await strict.key('Promoteur X');
  const first = await strict.send(text, regions);
  assert.match(first.headers.get('ratelimit') ?? '', /^"key";r=1;t=\d+$/);
  await strict.send(text, regions);
  const third = await strict.send(text, regions);
  assert.equal(third.status, 429);
  assert.equal(third.headers.get('error-code'), 'rate_limited');
  const seconds = Number(third.headers.get('retry-after'));
  assert.ok(seconds >= 1 && seconds <= 60);
  // A fault of the request is told first.
  const faulty = await strict.send(text, { operation: 'readContacts', limit: 0 });
  assert.equal(faulty.headers.get('error-code'), 'invalid_parameter');
});
