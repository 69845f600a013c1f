import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { KEY_PLACEHOLDER, repeatedPull } from '../../src/docs/curl.ts';
import { curlExamples } from '../../src/docs/index.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let page: string;
let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-docs-'));
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  page = await (await fetch(`${server.url}/docs`)).text();
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** Runs a command of the page as a reader would, with a key of a client in its place. */
async function paste(client: string, command: string): Promise<string> {
  const { text: key } = await server.key(client);
  const line = command.replaceAll(KEY_PLACEHOLDER, key);
  const { stdout } = await promisify(execFile)('sh', ['-c', line], { cwd: folder });
  return stdout;
}

test('the page obeys its strict Content-Security-Policy', async () => {
  const response = await fetch(`${server.url}/docs`);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    const linked = await fetch(server.url + path);
    assert.equal(linked.status, 200, path);
    if (path?.startsWith('/docs/')) {
      assert.equal(linked.headers.get('x-content-type-options'), 'nosniff');
    }
  }
});

test('the page shows the address at which it was asked for', () => {
  assert.ok(page.includes(`<code>${server.url}/api/v1</code>`));
});

// Before the pull below, which takes what is left.
test('the repeated pull works when it is pasted, twice with the same contacts', async () => {
  const command = repeatedPull({ baseUrl: server.url });
  const pulled = async () => {
    await paste('Promoteur Y', command);
    return readFile(join(folder, 'contacts.json'), 'utf8');
  };
  const first = await pulled();
  assert.notDeepEqual(JSON.parse(first), []);
  assert.equal(await pulled(), first);
});

for (const { operation } of curlExamples({ baseUrl: 'https://api.example.com' })) {
  test(`the curl command of ${operation} works when it is pasted`, async () => {
    const shown = curlExamples({ baseUrl: server.url }).find((one) => one.operation === operation);
    assert.ok(shown);
    const said = await paste('Promoteur X', `${shown.command} -sw '\n%{http_code}'`);
    const [body = '', status] = said.split(/\n(?=\d+$)/);
    // The pull of the example belongs to somebody else.
    const foreign = ['getPullBatch', 'releasePull'].includes(operation);
    assert.equal(status, foreign ? '404' : '200', said);
    const answer = JSON.parse(body);
    if (foreign) assert.equal(answer.valid, false);
    else assert.ok(Array.isArray(answer));
  });
}

test('the OpenAPI document names this server', async () => {
  const document = (await (await fetch(`${server.url}/openapi.json`)).json()) as {
    openapi: string;
    servers: { url: string }[];
  };
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(document.servers, [{ url: server.url }]);
});
