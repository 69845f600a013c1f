import assert from 'node:assert/strict';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { serverFor } from '../support/server.ts';
import { openSession, post, signedIn } from '../support/staff.ts';

const PUBLIC = 'https://crm.example.com';

test('a page of another origin can change nothing, whatever it sends (security 10)', async (t) => {
  const server = await serverFor(t);
  const { cookie, call, staff } = await signedIn(server);
  const body = { operation: 'signOut' };
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${server.url}.evil.example` },
    { origin: server.url.replace('http:', 'https:') },
    { origin: server.url.replace(/\d+$/, '1') },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: server.url },
  ];
  for (const headers of foreign) {
    const { status, code } = await post(server.url, cookie, body, headers);
    assert.deepEqual([status, code], [403, 'foreign_origin'], JSON.stringify(headers));
  }
  // What a form, or a script without a preflight, can send.
  const forms = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    '',
  ];
  for (const type of forms) {
    const { status, code } = await post(server.url, cookie, body, { 'content-type': type });
    assert.deepEqual([status, code], [400, 'invalid_request'], type);
  }
  assert.equal((await call('getSession')).staff.id, staff.id);
});

test('sign-in is closed to other origins too', async (t) => {
  const server = await serverFor(t);
  const body = { operation: 'signIn', email: 'claire@example.com', password: 'whatever it is' };
  const reply = await post(server.url, undefined, body, { origin: 'https://evil.example' });
  assert.equal(reply.code, 'foreign_origin');
});

test('the console and programs are let in', async (t) => {
  const server = await serverFor(t);
  const { cookie } = await signedIn(server);
  const bare = await fetch(`${server.url}/operator/v1`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'Application/JSON; charset=utf-8' },
    body: JSON.stringify({ operation: 'getSession' }),
  });
  assert.equal(bare.status, 200);
});

test('no other method reaches an operation', async (t) => {
  const server = await serverFor(t);
  const { cookie, call } = await signedIn(server);
  for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await fetch(`${server.url}/operator/v1?operation=signOut`, {
      method,
      headers: { cookie, origin: server.url, 'content-type': 'application/json' },
      ...(['GET', 'HEAD'].includes(method) ? {} : { body: '{"operation":"signOut"}' }),
    });
    assert.ok([404, 405].includes(answer.status), `${method} ${answer.status}`);
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  }
  await call('getSession');
});

test('behind a proxy that speaks TLS the origin is that of RELAIS_PUBLIC_URL', async (t) => {
  const server = await serverFor(t, { RELAIS_PUBLIC_URL: `${PUBLIC}/` });
  const { staff } = await signedIn(server);
  const cookie = `__Host-${await openSession(server, staff.id)}`;
  const from = (origin: string) =>
    post(server.url, cookie, { operation: 'getSession' }, { origin });
  assert.equal((await from(PUBLIC)).status, 200);
  assert.equal((await from(server.url)).code, 'foreign_origin');
  const order = { email: 'marc@example.com', nom: 'Marc', role: 'lecture' };
  const invited = await post(
    server.url,
    cookie,
    { operation: 'inviteStaff', ...order },
    { origin: PUBLIC },
  );
  assert.match(JSON.parse(invited.text).link, /^https:\/\/crm\.example\.com\/invitation#\w{43}$/);
});

test('a trusted proxy may say that it speaks TLS; anybody else may not', async (t) => {
  const told = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'crm.example.com' };
  const env: [Record<string, string>, number][] = [
    [{ RELAIS_TRUSTED_PROXIES: '127.0.0.1' }, 200],
    [{}, 403],
  ];
  for (const [given, status] of env) {
    const server = await serverFor(t, given);
    const { staff } = await signedIn(server);
    const cookie = `__Host-${await openSession(server, staff.id)}`;
    const headers = { ...told, origin: PUBLIC };
    const reply = await post(server.url, cookie, { operation: 'getSession' }, headers);
    assert.equal(reply.status, status, reply.text);
  }
});

test('a Host that is no host is told so', async (t) => {
  const server = await serverFor(t);
  const { hostname, port } = new URL(server.url);
  for (const host of ['%', 'a b', '[', 'http://x']) {
    const answer = await new Promise<{ status: number | undefined; body: string }>(
      (resolve, reject) => {
        const sent = request(
          {
            hostname,
            port,
            path: '/operator/v1',
            method: 'POST',
            headers: { host, 'content-type': 'application/json' },
          },
          async (response) => resolve({ status: response.statusCode, body: await text(response) }),
        );
        sent.on('error', reject).end('{"operation":"getSession"}');
      },
    );
    assert.ok([400, 401].includes(answer.status ?? 0), `${host}: ${answer.status} ${answer.body}`);
  }
});
