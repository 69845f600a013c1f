import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { buffer, text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { queueCrm } from '../../server/test/support/crm.ts';
import { loadInto } from '../../server/test/support/installation.ts';
import { localServer } from '../../server/test/support/localServer.ts';
import { freshServer, type TestServer } from '../../server/test/support/server.ts';

const conformance = fileURLToPath(new URL('../src/conformance.ts', import.meta.url));

let server: TestServer;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(10));
});
after(() => server.close());

test('a server that asks to come later is waited for, and has not failed', async (t) => {
  const { text: key } = await server.key('Promoteur X');
  let asked = 0;
  const busy = await localServer(t, async (incoming, outgoing) => {
    const body = await buffer(incoming);
    asked += 1;
    if (asked % 4 === 1) return outgoing.writeHead(429, { 'retry-after': '0' }).end('{}');
    const apiKey = incoming.headers['x-api-key'];
    const headers = apiKey === undefined ? {} : { 'x-api-key': String(apiKey) };
    const answer = await fetch(`${server.url}/api/v1`, { method: 'POST', headers, body });
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' });
    return outgoing.end(await answer.text());
  });
  const child = spawn(process.execPath, [conformance, `${busy}/api/v1`], {
    env: { PATH: process.env.PATH, RELAIS_API_KEY: key },
  });
  const [report, told] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.match(report, /15 passed, 0 failed, 3 not run/);
  assert.match(told, /the server asks to wait for 0 seconds/);
});
