import assert from 'node:assert/strict';
import { channel } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { limits } from '@relais/contract';
import { servingLimits } from '../../src/db/pool.ts';
import { ARRIVAL, UPLOAD } from '../../src/http/slowBodies.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const open = (): Socket => {
  const { hostname, port } = new URL(server.url);
  return connect(Number(port), hostname);
};

/** Sends the beginning of a request, then a byte now and then; gives what comes back. */
async function trickle(beginning: string, byte: string): Promise<string> {
  const socket = open();
  socket.on('error', () => {});
  socket.write(beginning);
  const timer = setInterval(() => socket.write(byte), 500);
  try {
    return await text(socket);
  } finally {
    clearInterval(timer);
    socket.destroy();
  }
}

const head = 'POST /api/v1 HTTP/1.1\r\nHost: x\r\n';

test('slow headers and slow bodies are ended with 408, while health answers (security 12)', async () => {
  const slow = [
    trickle(head, 'X: y\r\n'),
    trickle(`${head}Content-Length: 60000\r\n\r\n{`, ' '),
    trickle(`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'),
    trickle('POST /intake/v1/none HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n', ' '),
  ];
  let ended = false;
  const all = Promise.all(slow).finally(() => {
    ended = true;
  });
  while (!ended) {
    const health = await fetch(`${server.url}/healthz`);
    assert.deepEqual(await health.json(), { status: 'ok' });
    await delay(250);
  }
  for (const answer of await all) {
    assert.match(answer, /^HTTP\/1\.1 408 /);
    assert.match(answer, /\r\nerror-code: request_timeout\r\n/i);
    assert.deepEqual(Object.keys(JSON.parse(answer.split('\r\n\r\n').at(-1) ?? '')), [
      'valid',
      'error',
    ]);
  }
});

test('a thousand idle connections keep nobody out (security 12)', async () => {
  const idle = await Promise.all(
    Array.from({ length: 1_000 }, async (_, at) => {
      const socket = open();
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('connect', resolve));
      // A half of them have begun a request.
      if (at % 2) socket.write(head);
      return socket;
    }),
  );
  try {
    for (let at = 0; at < 20; at += 1) {
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
      const { status } = await server.send(undefined, { operation: 'getRegions' });
      assert.ok([401, 429].includes(status), String(status));
    }
  } finally {
    for (const socket of idle) socket.destroy();
  }
});

/** The server that answers, as Node's diagnostics tell it. */
async function answering(): Promise<Server> {
  const requests = channel('http.server.request.start');
  const { promise, resolve } = Promise.withResolvers<Server>();
  const hear = (message: unknown) => {
    const { server: own, request } = message as { server: Server; request: { url: string } };
    if (request.url === '/healthz?whose') resolve(own);
  };
  requests.subscribe(hear);
  try {
    await fetch(`${server.url}/healthz?whose`);
    return await promise;
  } finally {
    requests.unsubscribe(hear);
  }
}

test('the time-outs and caps of the server are those that the security page names', async () => {
  const { headersTimeout, requestTimeout, timeout, keepAliveTimeout } = await answering();
  assert.deepEqual(
    { headersTimeout, requestTimeout, timeout, keepAliveTimeout, ARRIVAL, UPLOAD },
    {
      headersTimeout: 10_000,
      requestTimeout: 600_000,
      timeout: 60_000,
      keepAliveTimeout: 65_000,
      ARRIVAL: 15_000,
      UPLOAD: 600_000,
    },
  );
  assert.deepEqual(
    [limits.bodyBytes, limits.leadBodyBytes, limits.headerBytes],
    [65_536, 1_048_576, 16_384],
  );
  assert.deepEqual(servingLimits, {
    size: 10,
    wait: 3_000,
    lockTimeout: 3_000,
    statementTimeout: 5_000,
    idleTimeout: 10_000,
    silence: 6_000,
  });
});
