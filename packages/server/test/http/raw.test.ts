import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

/** Sends bytes as they are and reads until the server closes. */
async function exchange(bytes: string): Promise<{ status: number; head: string; body: string }> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(bytes);
  const answer = await text(socket);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body };
}

const closing = 'Connection: close\r\n';
const faults: [name: string, bytes: string, status: number, code: string][] = [
  ['what is no HTTP', 'hello\r\n\r\n', 400, 'invalid_request'],
  ['an unknown method', 'BREW / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'invalid_request'],
  ['no Host', `POST /api/v1 HTTP/1.1\r\n${closing}\r\n`, 400, 'invalid_request'],
  [
    'two Hosts',
    `GET /healthz HTTP/1.1\r\nHost: x\r\nhost: y\r\n${closing}\r\n`,
    400,
    'invalid_request',
  ],
  [
    'a header without a name',
    'POST /api/v1 HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n',
    400,
    'invalid_request',
  ],
  [
    'two lengths',
    'POST /api/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    400,
    'invalid_request',
  ],
  [
    'a length and chunks',
    'POST /api/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
    400,
    'invalid_request',
  ],
  [
    'a header flood',
    `POST /api/v1 HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
    431,
    'headers_too_large',
  ],
  [
    'an expectation',
    `POST /api/v1 HTTP/1.1\r\nHost: x\r\n${closing}Expect: 200-ok\r\nContent-Length: 0\r\n\r\n`,
    417,
    'expectation_failed',
  ],
  ['a bad escape', `GET /%zz HTTP/1.1\r\nHost: x\r\n${closing}\r\n`, 400, 'invalid_request'],
];
for (const [name, bytes, status, code] of faults) {
  test(`${name} is answered ${status} in the contract's shape`, async () => {
    const answer = await exchange(bytes);
    assert.equal(answer.status, status, answer.head);
    assert.match(answer.head, new RegExp(`^error-code: ${code}$`, 'im'));
    assert.match(answer.head, /^request-id: [0-9a-f-]{36}$/im);
    assert.deepEqual(Object.keys(JSON.parse(answer.body)), ['valid', 'error']);
  });
}

test('Expect: 100-continue is understood', async () => {
  const body = '{"operation":"getRegions"}';
  const answer = await exchange(
    `POST /api/v1 HTTP/1.1\r\nHost: x\r\n${closing}Expect: 100-continue\r\n` +
      `Content-Length: ${body.length}\r\n\r\n${body}`,
  );
  assert.equal(answer.status, 100);
  assert.match(answer.body, /401/);
});
