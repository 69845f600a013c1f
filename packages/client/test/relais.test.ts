import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import { queueCrm } from '../../server/test/support/crm.ts';
import { loadInto } from '../../server/test/support/installation.ts';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';
import {
  type Attempt,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  ConnectionError,
  IdempotencyMismatchError,
  InvalidAnswerError,
  NotFoundError,
  PermissionDeniedError,
  Relais,
  RelaisError,
  TimeoutError,
} from '../src/index.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(1_000));
});
after(() => server.close());

/** A client of a new key, which sees region 30 alone unless told otherwise. */
async function fresh(mapping: Parameters<TestServer['key']>[1] = { regions: [30] }) {
  const { text } = await server.key('Promoteur X', mapping);
  return new Relais({ apiKey: text, baseUrl: server.url });
}

/** A server that answers as it is told, for what ours never does. */
async function answering(
  t: TestContext,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ url: string; asked: () => number }> {
  let asked = 0;
  const url = await localServer(t, (request, response) => {
    asked += 1;
    request.resume();
    response.writeHead(status, headers).end(body);
  });
  return { url, asked: () => asked };
}

test('each operation answers with what the server has', async () => {
  const client = await fresh();
  assert.deepEqual(await client.getRegions(), [{ id: 30, nom: 'Région 30' }]);
  assert.equal((await client.getProgrammes({ regionIds: [30] }))[0]?.idRegion, 30);
  const page = await client.readContacts({ limit: 3 });
  assert.equal(page.contacts.length, 3);
  const next = await client.readContacts({ limit: 3, cursor: page.next ?? '' });
  assert.notEqual(next.contacts[0]?.action_id, page.contacts[0]?.action_id);

  const pull = await client.pullContacts({ limit: 2 });
  assert.deepEqual(
    pull.contacts.map(({ action_id }) => action_id),
    page.contacts.slice(0, 2).map(({ action_id }) => action_id),
  );
  assert.equal(pull.replayed, false);
  const repeated = await client.pullContacts(
    { limit: 2 },
    { idempotencyKey: pull.idempotencyKey ?? '' },
  );
  assert.deepEqual({ ...repeated, replayed: false, remaining: pull.remaining }, pull);
  assert.equal(repeated.replayed, true);
  const pullId = pull.id ?? '';
  assert.deepEqual((await client.getPullBatch({ pullId })).contacts, pull.contacts);
  const pulled = await client.getPulledContacts({ pullId });
  assert.equal(pulled.contacts.length, 2);
  const release = await client.releasePull({ pullId, reason: 'a test' });
  assert.deepEqual([release.released, release.kept], [2, 0]);
});

test('an error has its class, its status, its code and the id of its request', async () => {
  const client = await fresh();
  const unknown = new Relais({ apiKey: 'unknown', baseUrl: server.url });
  const pullId = '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41';
  const { idempotencyKey = '' } = await client.pullContacts({ limit: 1 });
  const cases: [() => Promise<unknown>, typeof RelaisError, number, string][] = [
    [() => unknown.getRegions(), AuthenticationError, 401, 'invalid_api_key'],
    [() => client.readContacts({ limit: 0 }), BadRequestError, 400, 'invalid_parameter'],
    [
      () => client.readContacts({ regionIds: [62] }),
      PermissionDeniedError,
      403,
      'region_not_allowed',
    ],
    [() => client.getPullBatch({ pullId }), NotFoundError, 404, 'pull_not_found'],
    [
      () => client.pullContacts({ limit: 2 }, { idempotencyKey }),
      IdempotencyMismatchError,
      422,
      'idempotency_mismatch',
    ],
    [() => client.resetSandbox(), PermissionDeniedError, 403, 'not_a_sandbox'],
    [() => client.getRegions({ scenario: 'slow' }), PermissionDeniedError, 403, 'not_a_sandbox'],
  ];
  for (const [call, Class, status, code] of cases) {
    await assert.rejects(call(), (error: RelaisError) => {
      assert.ok(error instanceof Class && error instanceof RelaisError);
      assert.deepEqual([error.name, error.status, error.code], [Class.name, status, code]);
      assert.match(error.requestId ?? '', /\S/);
      assert.match(error.raw ?? '', /"valid":false/);
      return true;
    });
  }
  const released = await client.pullContacts({ limit: 1 });
  await client.releasePull({ pullId: released.id ?? '', reason: 'a test' });
  await assert.rejects(
    client.pullContacts({ limit: 1 }, { idempotencyKey: released.idempotencyKey ?? '' }),
    ConflictError,
  );
});

test('a pull is never sent without an idempotency key: an empty one is refused', async () => {
  const client = await fresh();
  const before = await client.readContacts();
  await assert.rejects(client.pullContacts({}, { idempotencyKey: '' }), BadRequestError);
  assert.deepEqual(await client.readContacts(), before);
  // As a program without types may have it.
  const none = null as unknown as undefined;
  const pull = await client.pullContacts({ limit: 1 }, { idempotencyKey: none });
  assert.match(pull.idempotencyKey ?? '', /^[0-9a-f-]{36}$/);
});

test('what is refused is sent once, and what fails for a moment as often as was said', async (t) => {
  const attempts: Attempt[] = [];
  const options = { apiKey: 'k', maxRetries: 2, onAttempt: (each: Attempt) => attempts.push(each) };
  const refusing = await answering(t, 401, '{"valid":false,"error":"Invalid API Key"}');
  await assert.rejects(new Relais({ ...options, baseUrl: refusing.url }).getRegions());
  assert.equal(refusing.asked(), 1);

  const busy = await answering(t, 503, '{"valid":false,"error":"Busy"}', { 'retry-after': '0' });
  attempts.length = 0;
  await assert.rejects(
    new Relais({ ...options, baseUrl: busy.url }).pullContacts(),
    (error: RelaisError) => {
      assert.equal(error.attempts, 3);
      assert.match(error.idempotencyKey ?? '', /^[0-9a-f-]{36}$/);
      return true;
    },
  );
  assert.equal(busy.asked(), 3);
  assert.deepEqual(
    attempts.map(({ number, error, retryIn }) => [number, error?.status, retryIn !== undefined]),
    [
      [1, 503, true],
      [2, 503, true],
      [3, 503, false],
    ],
  );

  const patient = await answering(t, 429, '{"valid":false,"error":"Wait"}', {
    'retry-after': '61',
  });
  await assert.rejects(
    new Relais({ ...options, baseUrl: patient.url }).getRegions(),
    (error: RelaisError) => {
      assert.equal(error.retryAfter, 61);
      return true;
    },
  );
  assert.equal(patient.asked(), 1);
});

test('an answer that is not of this API is an InvalidAnswerError', async (t) => {
  const answers: [string, Record<string, string>][] = [
    ['<html>Welcome</html>', {}],
    ['{"regions":[]}', {}],
    ['[{"id":"30"}]', {}],
    ['[]', { 'content-digest': 'sha-256=:AAAA:' }],
  ];
  for (const [body, headers] of answers) {
    const { url } = await answering(t, 200, body, headers);
    const client = new Relais({ apiKey: 'k', baseUrl: url, maxRetries: 0 });
    await assert.rejects(client.getRegions(), InvalidAnswerError, body);
  }
  const short = await answering(t, 200, '[]', { 'pull-count': '2' });
  const client = new Relais({ apiKey: 'k', baseUrl: short.url, maxRetries: 0 });
  await assert.rejects(client.pullContacts(), /holds 0 contacts of 2/);
});

test('a redirect is not followed: the key goes nowhere else', async (t) => {
  const elsewhere = await answering(t, 200, '[]');
  const { url } = await answering(t, 307, '', { location: `${elsewhere.url}/api/v1` });
  const client = new Relais({ apiKey: 'k', baseUrl: url, maxRetries: 0 });
  await assert.rejects(client.getRegions(), (error: RelaisError) => {
    assert.ok(error.message.includes(`the server leads to ${elsewhere.url}/api/v1`));
    return error.status === 307;
  });
  assert.equal(elsewhere.asked(), 0);
});

test('a server that is away, or says nothing, is told apart', async (t) => {
  const away = new Relais({ apiKey: 'k', baseUrl: 'http://127.0.0.1:1', maxRetries: 0 });
  await assert.rejects(away.getRegions(), (error: RelaisError) => {
    assert.ok(error instanceof ConnectionError && !(error instanceof TimeoutError));
    return /127\.0\.0\.1:1/.test(error.message);
  });
  const baseUrl = await localServer(t, () => {});
  const client = new Relais({ apiKey: 'k', baseUrl, maxRetries: 0 });
  await assert.rejects(client.getRegions({}, { timeout: 50 }), TimeoutError);

  const stop = new AbortController();
  const waiting = client.getRegions({}, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
});

test('a mistake in the options is told before anything is sent', () => {
  assert.throws(() => new Relais({ apiKey: '' }), /apiKey is missing/);
  assert.throws(() => new Relais({ apiKey: 'a key' }), /apiKey holds a character/);
  assert.throws(() => new Relais({ apiKey: 'k', baseUrl: 'api.example.com' }), /baseUrl/);
  assert.throws(() => new Relais({ apiKey: 'k', baseUrl: 'ftp://example.com' }), /baseUrl/);
  const baseUrl = 'https://me:secret@example.com';
  assert.throws(() => new Relais({ apiKey: 'k', baseUrl }), /no user and no password/);
  for (const timeout of [0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31]) {
    assert.throws(() => new Relais({ apiKey: 'k', timeout }), /timeout is a whole number/);
  }
});

test('a mistake in the time of a call is told before anything is sent', async () => {
  const client = await fresh();
  const before = await client.readContacts();
  const timeout = Number.POSITIVE_INFINITY;
  await assert.rejects(client.pullContacts({}, { timeout }), /timeout is a whole number/);
  assert.deepEqual(await client.readContacts(), before);
});

test('a listener that fails takes no answer away', async () => {
  const { text } = await server.key('Promoteur X', { regions: [30] });
  const onAttempt = () => {
    throw new Error('the log is full');
  };
  const client = new Relais({ apiKey: text, baseUrl: server.url, onAttempt });
  assert.equal((await client.pullContacts({ limit: 1 })).contacts.length, 1);
});

test('a client that is printed shows no key', () => {
  const client = new Relais({ apiKey: 'relais_live_secret' });
  assert.doesNotMatch(inspect(client, { depth: 9, showHidden: true }), /relais_live_secret/);
  assert.doesNotMatch(JSON.stringify(client), /relais_live_secret/);
});
