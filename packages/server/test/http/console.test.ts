import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Fastify from 'fastify';
import { operatorConsole } from '../../src/http/console.ts';
import { answerFaults } from '../../src/http/faults.ts';
import { createLog } from '../../src/log/log.ts';
import { temporaryFolder } from '../support/command.ts';

const INDEX = '<head><meta name="style-nonce" content="" /><title>Relais</title></head>';

const source = new URL('../../../console/index.html', import.meta.url);

/** What `vite build` leaves behind, in small. */
async function builtConsole(t: TestContext): Promise<string> {
  const build = join(await temporaryFolder(t), 'dist');
  await mkdir(join(build, 'assets'), { recursive: true });
  await writeFile(join(build, 'index.html'), INDEX);
  await writeFile(join(build, 'routes.json'), JSON.stringify(['contacts', 'sign-in']));
  await writeFile(join(build, 'assets', 'index-aB3_x9-Z.js'), 'console.log(1)');
  await writeFile(join(build, 'assets', 'index-aB3_x9-Z.js.br'), 'brotli');
  await writeFile(join(build, 'assets', 'theme.js'), 'theme()');
  return build;
}

/** An application that has the console and nothing else. */
async function serving(t: TestContext, build: string) {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true } });
  answerFaults(app, createLog('silent'));
  await operatorConsole(app, build);
  t.after(() => app.close());
  return (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
}

test('the page is given at / and at every address of a screen, in every CRM database', async (t) => {
  const get = await serving(t, await builtConsole(t));
  for (const url of [
    '/',
    '/contacts',
    '/contacts/',
    '/contacts/12?selected=3',
    '/sign-in?back=%2Fcontacts',
    '/@sandbox',
    '/@sandbox/contacts/12',
  ]) {
    const page = await get(url);
    assert.equal(page.statusCode, 200, url);
    assert.match(page.body, /<title>Relais<\/title>/);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(page.headers['cache-control'], 'no-cache');
  }
});

test('at an unknown address who asks for HTML gets the page with 404, and anybody else the error of the contract', async (t) => {
  const get = await serving(t, await builtConsole(t));
  for (const url of ['/nothing', '/contacts.html', '/@sandbox/nothing', '/@sandbox/a/b?c=d']) {
    const page = await get(url, { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    assert.equal(page.statusCode, 404, url);
    assert.match(page.body, /<title>Relais<\/title>/);
    assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
    for (const accept of ['*/*', 'application/json']) {
      const answer = await get(url, { accept });
      assert.equal(answer.statusCode, 404, url);
      assert.deepEqual(answer.json(), { valid: false, error: 'Nothing is at this address.' }, url);
    }
  }
});

test('what is of an API or a file is answered as the contract says, also to a browser', async (t) => {
  const get = await serving(t, await builtConsole(t));
  for (const url of [
    '/assets/',
    '/assets/gone-aB3_x9-Z.js',
    '/assets/..%2findex.html',
    '/api',
    '/api/v2',
    '/intake',
    '/operator',
    '/operator/v1/nothing',
  ]) {
    const answer = await get(url, { accept: 'text/html' });
    assert.equal(answer.statusCode, 404, url);
    assert.deepEqual(answer.json(), { valid: false, error: 'Nothing is at this address.' }, url);
  }
});

test('the page may only load our own files, and styles that carry the nonce of this answer', async (t) => {
  const get = await serving(t, await builtConsole(t));
  const [first, second] = [await get('/'), await get('/')];
  const nonces = [first, second].map(({ headers, body }) => {
    const policy = String(headers['content-security-policy']);
    const [, nonce] = /style-src 'self' 'nonce-([\w-]{22})'/.exec(policy) ?? [];
    assert.ok(nonce, policy);
    assert.ok(body.includes(`<meta name="style-nonce" content="${nonce}"`), body);
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    return nonce;
  });
  assert.notEqual(nonces[0], nonces[1]);
  assert.equal(first.headers['x-content-type-options'], 'nosniff');
  assert.equal(first.headers['referrer-policy'], 'no-referrer');
  assert.equal(first.headers['cross-origin-opener-policy'], 'same-origin');
});

test('the page that is built has a place for the nonce', async (t) => {
  const build = await builtConsole(t);
  await writeFile(join(build, 'index.html'), await readFile(source));
  const get = await serving(t, build);
  assert.match((await get('/')).body, /<meta name="style-nonce" content="[\w-]{22}"/);
});

test('a file whose name holds its hash is kept for good, any other is asked about again', async (t) => {
  const get = await serving(t, await builtConsole(t));
  const hashed = await get('/assets/index-aB3_x9-Z.js');
  assert.equal(hashed.body, 'console.log(1)');
  assert.equal(hashed.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.match(String(hashed.headers['content-type']), /javascript/);
  assert.equal(hashed.headers['x-content-type-options'], 'nosniff');
  const theme = await get('/assets/theme.js');
  assert.equal(theme.headers['cache-control'], 'no-cache');
});

test('a browser that takes brotli gets the file as it was compressed at the build', async (t) => {
  const get = await serving(t, await builtConsole(t));
  const answer = await get('/assets/index-aB3_x9-Z.js', { 'accept-encoding': 'gzip, br' });
  assert.equal(answer.headers['content-encoding'], 'br');
  assert.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(answer.body, 'brotli');
  assert.match(String(answer.headers['content-type']), /javascript/);
});

test('a server without a built console says so at /, and only there', async (t) => {
  const build = join(await temporaryFolder(t), 'dist');
  const get = await serving(t, build);
  const page = await get('/');
  assert.equal(page.statusCode, 503);
  assert.match(page.body, /^The console is not built: .+\.\n$/);
  assert.equal((await get('/contacts')).statusCode, 404);
});

test('a console whose files are taken away while it is served says so', async (t) => {
  const build = await builtConsole(t);
  const get = await serving(t, build);
  await rm(build, { recursive: true });
  assert.equal((await get('/contacts')).statusCode, 503);
  assert.equal((await get('/assets/theme.js')).statusCode, 404);
});
