import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { issueKey } from '../../src/keys/key.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type Reply, type TestServer } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

let server: TestServer;
let key: string;
let other: string;
const withKey = { 'x-api-key': '' };

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  withKey['x-api-key'] = key;
  other = (await server.key('Promoteur Y')).text;
});
after(() => server.close());

/** An error has its status, its code, and a body of exactly the two published fields. */
function assertError(reply: Reply, status: number, code: string, sentence?: string | RegExp): void {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.headers.get('error-code'), code);
  const body = JSON.parse(reply.text);
  assert.deepEqual(Object.keys(body), ['valid', 'error']);
  assert.equal(body.valid, false);
  if (typeof sentence === 'string') assert.equal(body.error, sentence);
  else if (sentence) assert.match(body.error, sentence);
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  assert.match(reply.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/);
  assert.match(reply.headers.get('ratelimit') ?? '', /^"(key|failures)";r=\d+;t=\d+$/);
}

const NO_CURSOR = /^Invalid parameter "cursor": must be the .* of this operation\.$/;
const REFUSED = { expect: 'invalid_parameter' } as const;

/** A cursor as a list makes it. */
const cursorOf = (list: string, place: string): string =>
  Buffer.from(`${list} ${place}`).toString('base64url');

const request = async (init: RequestInit, path = '/api/v1'): Promise<Reply> => {
  const response = await fetch(server.url + path, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

test("an unknown key gets the page's bytes", async () => {
  const reply = await server.send(issueKey('live').text, { operation: 'getRegions' });
  assertError(reply, 401, 'invalid_api_key', 'Invalid API Key');
  assert.equal(reply.text, '{"valid":false,"error":"Invalid API Key"}');
});

const bodies: [name: string, body: string | Buffer<ArrayBuffer>, status: number, code: string][] = [
  ['an empty body', '', 400, 'invalid_json'],
  ['truncated JSON', '{"operation":"getRegions"', 400, 'invalid_json'],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 400, 'invalid_json'],
  ['a NUL character', '\0', 400, 'invalid_json'],
  ['a form', 'operation=getRegions', 400, 'invalid_json'],
  ['an array', '[]', 400, 'invalid_request'],
  ['a string', '"getRegions"', 400, 'invalid_request'],
  ['null', 'null', 400, 'invalid_request'],
  [
    'a member given twice',
    '{"operation":"readContacts","operation":"pullContacts"}',
    400,
    'invalid_request',
  ],
  [
    'a member given twice, once escaped',
    '{"operation":"readContacts","oper\\u0061tion":"pullContacts"}',
    400,
    'invalid_request',
  ],
  ['no operation', '{}', 400, 'missing_operation'],
  ['only __proto__', '{"__proto__":{"operation":"pullContacts"}}', 400, 'missing_operation'],
  ['an operation that is a number', '{"operation":1e400}', 400, 'unknown_operation'],
  ['the operation constructor', '{"operation":"constructor"}', 400, 'unknown_operation'],
  ['the operation __proto__', '{"operation":"__proto__"}', 400, 'unknown_operation'],
  ['an operation with a NUL', '{"operation":"getRegions\\u0000"}', 400, 'unknown_operation'],
  ['a lone surrogate', '{"operation":"\\ud800"}', 400, 'unknown_operation'],
  ['another letter case', '{"operation":"getregions"}', 400, 'unknown_operation'],
  ['a huge number', '{"operation":"readContacts","limit":1e400}', 400, 'invalid_parameter'],
  ['a limit of 0', '{"operation":"readContacts","limit":0}', 400, 'invalid_parameter'],
  ['a limit of 201', '{"operation":"pullContacts","limit":201}', 400, 'invalid_parameter'],
  ['a limit as text', '{"operation":"readContacts","limit":"10"}', 400, 'invalid_parameter'],
  ['a null limit', '{"operation":"readContacts","limit":null}', 400, 'invalid_parameter'],
  ['no region', '{"operation":"readContacts","regionIds":[]}', 400, 'invalid_parameter'],
  ['a region as text', '{"operation":"readContacts","regionIds":["30"]}', 400, 'invalid_parameter'],
  [
    'a cursor of ours no longer',
    '{"operation":"readContacts","cursor":"x"}',
    400,
    'invalid_parameter',
  ],
  [
    'a cursor in the year 0',
    JSON.stringify({
      operation: 'readContacts',
      cursor: cursorOf('readContacts', '0000-01-01T00:00:00.000000Z 1'),
    }),
    400,
    'invalid_parameter',
  ],
  [
    'a date that is none',
    '{"operation":"getPulledContacts","since":"2026-02-30"}',
    400,
    'invalid_parameter',
  ],
  [
    'a date in the year 0',
    '{"operation":"getPulledContacts","since":"0000-01-01T00:00:00Z"}',
    400,
    'invalid_parameter',
  ],
  [
    'a date after the year 9999',
    '{"operation":"getPulledContacts","since":"9999-12-31T23:59:59-14:00"}',
    400,
    'invalid_parameter',
  ],
  [
    'a region of others',
    '{"operation":"readContacts","regionIds":[999]}',
    403,
    'region_not_allowed',
  ],
  [
    'a programme of others',
    '{"operation":"pullContacts","programmeIds":[9007199254740991]}',
    403,
    'programme_not_allowed',
  ],
  [
    '65,537 bytes',
    `{"operation":"getRegions","x":"${'x'.repeat(65_504)}"}`,
    413,
    'payload_too_large',
  ],
];
for (const [name, body, status, code] of bodies) {
  test(`${name} is answered ${status} ${code}`, async () => {
    assertError(await request({ method: 'POST', headers: withKey, body }), status, code);
  });
}

test('65,536 bytes are read', async () => {
  const body = `{"operation":"getRegions","x":"${'x'.repeat(65_503)}"}`;
  assert.equal(Buffer.byteLength(body), 65_536);
  assert.equal((await request({ method: 'POST', headers: withKey, body })).status, 200);
});

test('deep nesting is passed over', async () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000);
  const body = `{"operation":"getRegions","x":${deep}}`;
  assert.equal((await request({ method: 'POST', headers: withKey, body })).status, 200);
});

test('a bad parameter is named', async () => {
  const reply = await server.send(key, { operation: 'pullContacts', limit: 500 });
  assertError(
    reply,
    400,
    'invalid_parameter',
    'Invalid parameter "limit": must be a whole number from 1 to 200.',
  );
  const missing = await server.send(key, { operation: 'releasePull', reason: 'x' });
  assertError(missing, 400, 'invalid_parameter', 'Invalid parameter "pullId": is missing.');
  const none = await server.send(key, { operation: 'resetSandbox', region: 30 });
  assertError(
    none,
    400,
    'invalid_parameter',
    '"resetSandbox" has no such parameter ("region"): it has none.',
  );
  const region = await server.send(key, { operation: 'readContacts', regionIds: [30, 999] });
  assertError(region, 403, 'region_not_allowed', /\b999\b/);
});

test('a cursor of a day that is in no calendar is refused by every list', async () => {
  const admin = await signedIn(server);
  for (const day of ['2023-02-29', '2023-02-31', '2023-04-31']) {
    const place = `${day}T00:00:00.000000Z 1`;
    for (const operation of ['readContacts', 'getPulledContacts']) {
      const reply = await server.send(key, { operation, cursor: cursorOf(operation, place) });
      assertError(reply, 400, 'invalid_parameter', NO_CURSOR);
    }
    const cursor = cursorOf('searchContacts', place);
    assert.match(await admin.call('searchContacts', { cursor }, REFUSED), NO_CURSOR);
  }
  const cursor = cursorOf('readContacts', '2024-02-29T23:59:59.999999Z 1');
  const reply = await server.send(key, { operation: 'readContacts', cursor });
  assert.equal(reply.status, 200);
});

test('a cursor of another list is refused by every list', async () => {
  const admin = await signedIn(server);
  const place = '2024-02-29T23:59:59.999999Z 1';
  for (const [operation, other] of [
    ['readContacts', 'getPulledContacts'],
    ['getPulledContacts', 'readContacts'],
  ] as const) {
    const reply = await server.send(key, { operation, cursor: cursorOf(other, place) });
    assertError(reply, 400, 'invalid_parameter', NO_CURSOR);
  }
  const cursor = cursorOf('listPulls', place);
  for (const operation of ['searchContacts', 'listQuarantine', 'listImports', 'listJobs'] as const)
    assert.match(await admin.call(operation, { cursor }, REFUSED), NO_CURSOR);
  assert.match(await admin.call('listAudit', { scope: 'database', cursor }, REFUSED), NO_CURSOR);
});

test('an unknown operation names the nearest one', async () => {
  const reply = await server.send(key, { operation: 'pullContact' });
  assertError(reply, 400, 'unknown_operation', 'Unknown operation. Did you mean "pullContacts"?');
});

test('any Content-Type is read as JSON, and none', async () => {
  const body = Buffer.from('\uFEFF{"operation":"getRegions"}');
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    'x',
  ]) {
    const headers = { ...withKey, 'content-type': type };
    assert.equal((await request({ method: 'POST', headers, body })).status, 200, type);
  }
  const none = await request({ method: 'POST', headers: withKey, body });
  assert.equal(none.status, 200);
  assert.equal((await request({ method: 'POST', headers: withKey, body }, '/api/v1/')).status, 200);
});

for (const name of ['apiKey', 'api_key', 'x-api-key']) {
  test(`the key may be in the body as ${name}`, async () => {
    const alone = await server.send(undefined, { operation: 'getRegions', [name]: key });
    assert.equal(alone.status, 200);
    const both = await server.send(key, { operation: 'getRegions', [name]: key });
    assert.equal(both.status, 200);
    const absent = await server.send(key, { operation: 'getRegions', [name]: null });
    assert.equal(absent.status, 200);
    const pasted = await server.send(undefined, { operation: 'getRegions', [name]: ` ${key}\n` });
    assert.equal(pasted.status, 200);
    const different = await server.send(other, { operation: 'getRegions', [name]: key });
    assertError(different, 400, 'ambiguous_credentials');
    const strict = await server.send(undefined, {
      operation: 'getPullBatch',
      pullId: '5f0c1f5e-7d0a-4c59-9a5e-2f1d6a3b8c41',
      [name]: key,
    });
    assertError(strict, 404, 'pull_not_found');
  });
}

test('a key that is sent twice is one key, and two are refused', async () => {
  const twice = await server.send(`${key}, ${key}`, { operation: 'getRegions' });
  assert.equal(twice.status, 200);
  const two = await server.send(`${key}, ${other}`, { operation: 'getRegions' });
  assertError(two, 400, 'ambiguous_credentials');
});

for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
  test(`${method} is answered 405 with Allow`, async () => {
    const reply = await request({ method, headers: withKey });
    assertError(reply, 405, 'method_not_allowed');
    assert.equal(reply.headers.get('allow'), 'POST');
    assert.equal(reply.headers.get('access-control-allow-origin'), null);
  });
}

test('HEAD is answered 405 without a body', async () => {
  const reply = await request({ method: 'HEAD' });
  assert.equal(reply.status, 405);
  assert.equal(reply.text, '');
});

test('another path is answered 404 in the same shape', async () => {
  for (const path of ['/api/v2', '/api/v1/contacts', '/%E0%A4%A', '/api/v1%00']) {
    const reply = await request({ method: 'POST', headers: withKey }, path);
    assert.ok([404, 400].includes(reply.status), path);
    assert.deepEqual(Object.keys(JSON.parse(reply.text)), ['valid', 'error'], path);
  }
});

test('without a key nobody learns names of operations', async () => {
  for (const operation of ['getRegions', 'nothing', undefined]) {
    const reply = await server.send(undefined, { operation });
    assertError(reply, 401, 'missing_api_key', 'Missing API Key');
  }
});

test('problem details are given to who asks for them', async () => {
  const reply = await server.send(
    key,
    { operation: 'nothing' },
    { accept: 'application/problem+json' },
  );
  assert.equal(reply.status, 400);
  assert.equal(reply.headers.get('content-type'), 'application/problem+json; charset=utf-8');
  const problem = JSON.parse(reply.text);
  assert.equal(problem.status, 400);
  assert.equal(problem.code, 'unknown_operation');
  const unwanted = 'application/json, application/problem+json;q=0';
  const plain = await server.send(key, { operation: 'nothing' }, { accept: unwanted });
  assert.equal(plain.headers.get('content-type'), 'application/json; charset=utf-8');
});

test('a key in the URL is refused and marked for rotation', async () => {
  for (const spelled of [
    (text: string) => `/api/v1?apiKey=${text}`,
    (text: string) => `/healthz?a=${text.replaceAll('_', '%5f')}`,
  ]) {
    const exposed = await server.key('Promoteur Z');
    const reply = await request(
      { method: 'POST', headers: withKey, body: '{"operation":"getRegions"}' },
      spelled(exposed.text),
    );
    assert.equal(reply.status, 400);
    assert.equal(reply.headers.get('error-code'), 'api_key_in_url');
    const marked = await sql`
      select from api_key where api_key.id = ${exposed.id} and api_key.exposed_at is not null`.execute(
      server.main.db,
    );
    assert.equal(marked.rows.length, 1);
  }
});

test('a member of the URL that is named as a key is refused, whatever it holds', async () => {
  for (const name of ['apiKey', 'api_key', 'x-api-key']) {
    const body = '{"operation":"getRegions"}';
    const reply = await request({ method: 'POST', headers: withKey, body }, `/api/v1?${name}=x`);
    assertError(reply, 400, 'api_key_in_url');
  }
});

test('a parameter can not widen the scope', async () => {
  const narrow = (await server.key('Promoteur X', { regions: [62] })).text;
  const reply = await server.send(narrow, {
    operation: 'readContacts',
    regions: [30, 62],
    key_id: key,
    statut: 1,
    all_regions: true,
    id_client: 1,
  });
  assert.equal(reply.text, '[]');
});
