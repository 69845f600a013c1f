import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { publishedCrm } from '../support/crm.ts';
import { put } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { freshServer, serverFor, type TestServer } from '../support/server.ts';
import { post, type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let key: string;
let formToken: string;
let admin: SignedIn;

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  formToken = await makeSource(server, 'landing', 'form', { id_programme: 145 });
  admin = await signedIn(server);
});
after(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers });

/** Nothing may be kept, guessed, run or framed. */
function assertData(headers: Headers, what: string): void {
  assert.equal(headers.get('cache-control'), 'no-store', what);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(
    headers.get('content-security-policy'),
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    what,
  );
  assert.match(headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/, what);
  assertSilent(headers, what);
}

/** Nothing tells of the software, and no other web origin may read. */
function assertSilent(headers: Headers, what: string): void {
  for (const name of ['server', 'x-powered-by', 'access-control-allow-origin', 'via']) {
    assert.equal(headers.get(name), null, `${what}: ${name}`);
  }
}

/** A page may load our own files alone, stands in no frame, and tells nobody its address. */
function assertPage(headers: Headers, what: string): void {
  const policy = headers.get('content-security-policy') ?? '';
  for (const directive of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"]) {
    assert.ok(policy.includes(directive), `${what}: ${policy}`);
  }
  assert.doesNotMatch(policy, /unsafe|\*|https?:/, what);
  assert.equal(headers.get('x-content-type-options'), 'nosniff', what);
  assert.equal(headers.get('referrer-policy'), 'no-referrer', what);
  assert.equal(headers.get('x-frame-options'), 'DENY', what);
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', what);
  assertSilent(headers, what);
}

test('every answer of the Client API is data that nobody keeps, guesses, runs or frames', async () => {
  const good = await server.send(key, { operation: 'readContacts' });
  assert.equal(good.status, 200);
  const bad = [
    await server.send(key, { operation: 'none' }),
    await server.send(undefined, {}),
    await server.send(key, 'x'.repeat(70_000)),
  ];
  assert.deepEqual(
    bad.map(({ status }) => status),
    [400, 401, 413],
  );
  for (const reply of [good, ...bad]) {
    assertData(reply.headers, String(reply.status));
    assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.match(reply.headers.get('content-digest') ?? '', /^sha-256=:.{44}:$/);
  }
});

test('every answer of the doors of console and intake is data that nobody keeps, guesses, runs or frames', async () => {
  const replies = [
    await post(server.url, admin.cookie, { operation: 'listRegions' }),
    await post(server.url, undefined, { operation: 'listRegions' }),
    await post(server.url, admin.cookie, '{'),
    await fetch(`${server.url}/intake/v1/landing`, {
      method: 'POST',
      body: new URLSearchParams({ token: formToken, nom: 'Dupont', email: 'd@example.com' }),
    }),
    await fetch(`${server.url}/intake/v1/landing`, { method: 'POST', body: '' }),
    await put(admin, 'nom\nDupont\n'),
  ];
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 401, 400, 200, 400, 200],
  );
  for (const { headers, status } of replies) assertData(headers, String(status));
});

test('health, what is nowhere, and the OpenAPI document are data too', async () => {
  for (const [path, status] of [
    ['/healthz', 200],
    ['/readyz', 200],
    ['/openapi.json', 200],
    ['/nothing', 404],
    ['/%zz', 400],
    ['/operator/v1/files/x', 401],
  ] as const) {
    const { headers, status: given } = await get(path);
    assert.equal(given, status, path);
    assertData(headers, path);
  }
});

test('what is answered below HTTP is data too', async () => {
  const { hostname, port } = new URL(server.url);
  for (const bytes of [
    'hello\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
  ]) {
    const socket = connect(Number(port), hostname);
    socket.write(bytes);
    const [head = ''] = (await text(socket)).split('\r\n\r\n');
    const lines = head.split('\r\n').slice(1);
    const headers = new Headers(lines.map((line) => line.split(': ') as [string, string]));
    assertData(headers, head);
  }
});

test('TRACE gives nothing back, and no folder is listed', async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end('TRACE / HTTP/1.1\r\nHost: x\r\nX-Secret: zsecret\r\nConnection: close\r\n\r\n');
  const answer = await text(socket);
  assert.match(answer, /^HTTP\/1\.1 4\d\d /);
  assert.doesNotMatch(answer, /zsecret/);
  for (const path of [
    '/assets/',
    '/assets',
    '/docs/',
    '/.git/config',
    '/package.json',
    '/assets/%2e%2e/%2e%2e/package.json',
    '/assets/..%5c..%5cpackage.json',
    '/docs/../../package.json',
  ]) {
    const { headers, status } = await get(path);
    const shown = path === '/docs/' ? 200 : 404;
    assert.ok(status === shown || status === 400 || status === 403, `${path} ${status}`);
    assert.match(headers.get('content-type') ?? '', shown === 200 ? /html/ : /json/, path);
  }
});

test('pages of the documentation run nothing but our own files', async () => {
  for (const path of ['/docs', '/docs/fr', '/docs/en.md', '/llms.txt']) {
    const { headers, status } = await get(path);
    assert.equal(status, 200, path);
    assertPage(headers, path);
  }
});

test('a page of thanks for a form runs nothing at all', async () => {
  const { headers, status } = await fetch(`${server.url}/intake/v1/landing`, {
    method: 'POST',
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ token: formToken, nom: 'Dupont', email: 'e@example.com' }),
  });
  assert.equal(status, 200);
  assert.match(headers.get('content-type') ?? '', /^text\/html/);
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /^default-src 'none';.*frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /script-src|unsafe/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('referrer-policy'), 'no-referrer');
});

test('the page of the console, built or not, is framed by nobody and runs nothing foreign', async () => {
  const { headers, status } = await get('/');
  assert.ok([200, 503].includes(status));
  const policy = headers.get('content-security-policy') ?? '';
  assert.ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"));
  assert.doesNotMatch(policy, /unsafe|\*|https?:/);
  for (const [name, value] of [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'no-referrer'],
    ['x-frame-options', 'DENY'],
    ['cross-origin-opener-policy', 'same-origin'],
  ] as const) {
    assert.equal(headers.get(name), value, name);
  }
  assertSilent(headers, '/');
});

test('where the server is reached by TLS every answer says so for a year; elsewhere none does', async (t) => {
  const secure = await serverFor(t, { RELAIS_PUBLIC_URL: 'https://crm.example.com' });
  for (const path of ['/', '/docs', '/healthz', '/api/v1', '/nothing']) {
    const own = await fetch(secure.url + path);
    const policy = own.headers.get('strict-transport-security') ?? '';
    assert.match(policy, /^max-age=31536000; includeSubDomains$/, path);
    assert.equal((await get(path)).headers.get('strict-transport-security'), null, path);
  }
});
