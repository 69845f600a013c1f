import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { clientOperations, contact, errors, responseHeaders } from '@relais/contract';
import { curlExamples, KEY_PLACEHOLDER } from '../../src/docs/curl.ts';
import { jsonHtml } from '../../src/docs/highlight.ts';
import { html, inline } from '../../src/docs/html.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let page: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  page = await (await fetch(`${server.url}/docs`)).text();
});
after(() => server.close());

test('every operation, field, error and header of the contract is on the page', () => {
  const names = [clientOperations, contact.shape, errors, responseHeaders].flatMap(Object.keys);
  for (const name of names) assert.ok(page.includes(`<code>${name}</code>`), name);
});

test('the published texts and the warning are on the page', () => {
  for (const text of [
    'Client API Documentation',
    'v1.0 / ',
    'checking status…',
    'Never expose it in client-side code or in a public repository',
    'x-api-key: YOUR_API_KEY',
    'If the connection drops',
  ]) {
    assert.ok(page.includes(text), text);
  }
});

test('links lead somewhere, and ids are given once', () => {
  const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  assert.equal(new Set(ids).size, ids.length);
  for (const [, target] of page.matchAll(/href="#([^"]+)"/g))
    assert.ok(ids.includes(target), target);
});

test('the page obeys its strict Content-Security-Policy', async () => {
  const response = await fetch(`${server.url}/docs`);
  const policy = response.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(
    page,
    /<script(?![^>]* src=)|<style| style=| on\w+=|https?:\/\/(?!127\.0\.0\.1)/,
  );
  for (const [, path] of page.matchAll(/(?:src|href)="(\/docs\/[^"]+)"/g)) {
    const asset = await fetch(server.url + path);
    assert.equal(asset.status, 200, path);
    assert.equal(asset.headers.get('x-content-type-options'), 'nosniff');
  }
});

test('what is put into a page is escaped', () => {
  const hostile = '<img src=x onerror=alert(1)>"\'&';
  const escaped = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;';
  assert.equal(html`<b>${hostile}</b>`.text, `<b>${escaped}</b>`);
  assert.equal(html`${inline(`\`${hostile}\``)}`.text, `<code>${escaped}</code>`);
  assert.doesNotMatch(html`${jsonHtml({ [hostile]: hostile })}`.text, /<img/);
});

for (const { operation, command } of curlExamples({ baseUrl: 'BASE' })) {
  test(`the curl line of ${operation} works when it is pasted`, async () => {
    const shown = curlExamples({ baseUrl: server.url }).find((one) => one.operation === operation);
    assert.ok(shown && page.includes(html`${shown.command}`.text), 'it is the one on the page');
    const { text: key } = await server.key('Promoteur X');
    const line = command.replaceAll('BASE', server.url).replaceAll(KEY_PLACEHOLDER, key);
    const { stdout } = await promisify(execFile)('sh', ['-c', `${line} -w '\n%{http_code}'`]);
    const [body = '', status] = stdout.split(/\n(?=\d+$)/);
    // The pull of the example belongs to somebody else.
    const foreign = ['getPullBatch', 'releasePull'].includes(operation);
    assert.equal(status, foreign ? '404' : '200', stdout);
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
