import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { languageNames } from '../../src/docs/index.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { headers });

test('/docs answers in the language that the browser prefers, and in English to others', async () => {
  for (const [accepted, language] of [
    ['fr-FR,fr;q=0.9,en;q=0.8', 'fr'],
    ['en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['de, fr;q=0.7, en;q=0.3', 'fr'],
    ['fr;q=0, de', 'en'],
    ['frr', 'en'],
    ['de', 'en'],
    [',;q=x', 'en'],
  ] as const) {
    const response = await get('/docs', { 'accept-language': accepted });
    assert.equal(response.headers.get('content-language'), language, accepted);
    assert.equal(response.headers.get('vary'), 'Accept-Language');
    assert.match(await response.text(), new RegExp(`<html lang="${language}">`));
  }
});

for (const language of languageNames) {
  test(`/docs/${language} is in its language whatever the browser prefers, as Markdown too`, async () => {
    const other = languageNames.find((name) => name !== language) ?? '';
    const response = await get(`/docs/${language}`, { 'accept-language': other });
    assert.equal(response.headers.get('content-language'), language);
    const page = await response.text();
    for (const name of languageNames) {
      assert.ok(page.includes(`hreflang="${name}" href="${server.url}/docs/${name}"`));
    }
    assert.ok(page.includes(`<a class="language" href="/docs/${other}" hreflang="${other}"`));
    const markdown = await get(`/docs/${language}.md`);
    assert.equal(markdown.headers.get('content-type'), 'text/markdown; charset=utf-8');
    assert.equal(markdown.headers.get('content-language'), language);
    assert.match(await markdown.text(), /^# .+ v1\.0\n/);
  });
}

test('every page obeys a strict Content-Security-Policy, and what it loads is there', async () => {
  for (const path of ['/docs', ...languageNames.map((name) => `/docs/${name}`)]) {
    const response = await get(path);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self'/);
    assert.doesNotMatch(policy, /unsafe/);
    for (const [, linked = ''] of (await response.text()).matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const answer = await get(linked);
      assert.equal(answer.status, 200, linked);
      if (linked.startsWith('/docs/')) {
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
      }
    }
  }
});

test('a file that a browser has already is not sent again', async () => {
  const first = await get('/docs/docs.js');
  assert.equal(first.headers.get('cache-control'), 'no-cache');
  const again = await get('/docs/docs.js', { 'if-none-match': first.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
  assert.equal(await again.text(), '');
  assert.equal((await get('/docs/docs.js', { 'if-none-match': '"other"' })).status, 200);
});

test('the page shows the address at which it was asked for', async () => {
  const page = await (await get('/docs')).text();
  assert.ok(page.includes(`<code>${server.url}/api/v1</code>`));
});

test('llms.txt leads to what there is to read', async () => {
  const text = await (await get('/llms.txt')).text();
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => link);
  assert.equal(links.length, languageNames.length + 1);
  for (const link of links) assert.equal((await fetch(link)).status, 200, link);
});

test('the OpenAPI document names this server', async () => {
  const document = (await (await get('/openapi.json')).json()) as {
    openapi: string;
    servers: { url: string }[];
  };
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(document.servers, [{ url: server.url }]);
});
