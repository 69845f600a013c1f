import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer, text as textOf } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { clientOperations, type Operation } from '@relais/contract';
import { languages } from '../../src/docs/languages.ts';
import { repeatedPulls, sampleLanguages, samplesOf } from '../../src/docs/samples/index.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { publishedCrm, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { runSample } from './runSample.ts';

const { pullContacts, getPullBatch, resetSandbox } = clientOperations;
const { pullNote } = languages.fr.samples;

let server: TestServer;
let folder: string;
let key: string;
let testKey: string;
/** Of the samples' own pull. */
let pullId: string | null = null;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'relais-docs-'));
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  const sandbox = await createSandbox(server, 'sandbox');
  testKey = (await server.key('Promoteur X', { database: sandbox })).text;
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** A server of a test's own that answers with a function; gives its address. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<{ url: string; close(): Promise<void> }> {
  const helper = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => helper.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(helper.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        helper.close(() => resolve());
        helper.closeAllConnections();
      }),
  };
}

// In the order of the contract: a pull comes before what is done with it.
for (const operation of Object.values(clientOperations) as Operation[]) {
  for (const { id, name } of sampleLanguages) {
    test(`the ${name} sample of ${operation.name} brings what the API answers`, async () => {
      const sample = samplesOf(operation, { baseUrl: server.url, pullNote }).find(
        (one) => one.id === id,
      );
      // The pull of the example belongs to somebody else.
      const own = (code: string) =>
        code.replaceAll(getPullBatch.example.request.pullId, pullId ?? '');
      const used = operation === resetSandbox ? testKey : key;
      const { code, stdout, stderr } = await runSample(id, own(sample?.code ?? ''), folder, used);
      assert.equal(code, 0, stderr + stdout);
      const reply = await server.send(
        used,
        own(JSON.stringify({ operation: operation.name, ...operation.example.request })),
        operation === pullContacts ? { 'Idempotency-Key': 'import-2026-11-23-0900' } : {},
      );
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(JSON.parse(stdout), JSON.parse(reply.text));
      assert.notDeepEqual(JSON.parse(stdout), []);
      pullId ??= reply.headers.get('pull-id');
    });
  }
}

for (const { id, name } of sampleLanguages.filter((one) => one.id !== 'curl')) {
  test(`the ${name} samples fail with status and sentence of an error`, async () => {
    for (const make of [samplesOf, repeatedPulls]) {
      const samples = make(pullContacts, { baseUrl: server.url, pullNote });
      const sample = samples.find((one) => one.id === id);
      const ran = await runSample(id, sample?.code ?? '', folder, 'wrong');
      assert.notEqual(ran.code, 0);
      assert.match(ran.stdout + ran.stderr, /401.*Invalid API Key/);
    }
  });
}

test('the curl sample of a repeated pull fails with an error, and stores nothing', async () => {
  const own = await mkdtemp(join(folder, 'curl-'));
  const samples = repeatedPulls(pullContacts, { baseUrl: server.url, pullNote });
  const sample = samples.find(({ id }) => id === 'curl')?.code ?? '';
  const ran = await runSample('curl', sample.replace('--retry 5', '--retry 0'), own, 'wrong');
  assert.notEqual(ran.code, 0);
  assert.match(ran.stderr, /401/);
  assert.deepEqual(await readdir(own), ['sample.sh']);
});

test('a repeated pull survives a lost answer in every language, with the same contacts', async (t) => {
  const queue = await server.create('queue');
  const regions = sampleLanguages.map((_, index) => index + 1);
  await loadInto(queue, queueCrm(40, regions));
  /** The answers of the API, of which the first of each client is lost on the way. */
  const answers: { key: string; body: string; replayed: string | null }[] = [];
  const proxy = await serve(async (request, response) => {
    const sent = ['x-api-key', 'idempotency-key'].map((name): [string, string] => [
      name,
      String(request.headers[name]),
    ]);
    const [[, own = ''] = []] = sent;
    const answer = await fetch(`${server.url}${request.url}`, {
      method: 'POST',
      headers: sent,
      body: await buffer(request),
    });
    const first = !answers.some((one) => one.key === own);
    const body = await answer.text();
    answers.push({ key: own, body, replayed: answer.headers.get('idempotency-replayed') });
    if (first) response.destroy();
    else response.writeHead(answer.status).end(body);
  });
  t.after(() => proxy.close());

  for (const [index, { id, code }] of repeatedPulls(pullContacts, {
    baseUrl: proxy.url,
    pullNote,
  }).entries()) {
    const mapping = { database: queue, regions: [index + 1] };
    const { text: own } = await server.key(`Promoteur ${id}`, mapping);
    const ran = await runSample(id, code, folder, own);
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    const shown =
      id === 'curl' ? await readFile(join(folder, 'contacts.json'), 'utf8') : ran.stdout;
    const [lost, repeated, ...more] = answers.filter((one) => one.key === own);
    assert.deepEqual(more, [], id);
    assert.equal(JSON.parse(lost?.body ?? '').length, 10, id);
    assert.equal(repeated?.replayed, 'true', id);
    assert.deepEqual(JSON.parse(shown), JSON.parse(lost?.body ?? ''), id);
  }
});

test('a repeated pull of curl goes on where the connection has died without a word', async (t) => {
  let asked = 0;
  const silent = await serve(async (_request, response) => {
    asked += 1;
    if (asked > 1) response.end('[]');
  });
  t.after(() => silent.close());
  const sample = repeatedPulls(pullContacts, { baseUrl: silent.url, pullNote }).find(
    ({ id }) => id === 'curl',
  )?.code;
  const impatient = (sample ?? '').replace('--max-time 30', '--max-time 1');
  assert.notEqual(impatient, sample, 'it waits no longer than the samples of the other languages');
  const ran = await runSample('curl', impatient, folder, key);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(await readFile(join(folder, 'contacts.json'), 'utf8'), '[]');
});

test('a repeated pull goes on where a proxy asks to wait until a time that has passed', async (t) => {
  let asked = 0;
  const proxy = await serve(async (_request, response) => {
    asked += 1;
    if (asked % 2 === 1) response.writeHead(503, { 'retry-after': new Date(0).toUTCString() });
    response.end('[]');
  });
  t.after(() => proxy.close());
  const samples = repeatedPulls(pullContacts, { baseUrl: proxy.url, pullNote });
  // The program curl, in some of its versions, would then wait for ever.
  for (const { id, code } of samples.filter((one) => one.id !== 'curl')) {
    asked = 0;
    const ran = await runSample(id, code, folder, key);
    assert.equal(ran.code, 0, ran.stderr + ran.stdout);
    assert.equal(asked, 2, id);
  }
});

test('a repeated pull goes on where a proxy answers with a page of its own', async (t) => {
  let asked = 0;
  const proxy = await serve(async (_request, response) => {
    asked += 1;
    response.end(asked === 1 ? '<p>Back soon</p>' : '[]');
  });
  t.after(() => proxy.close());
  const samples = repeatedPulls(pullContacts, { baseUrl: proxy.url, pullNote });
  // The program curl does not look into what it stores.
  for (const { id, code } of samples.filter((one) => one.id !== 'curl')) {
    asked = 0;
    const ran = await runSample(id, code, folder, key);
    assert.deepEqual([ran.code, ran.stdout.trim()], [0, '[]'], id + ran.stderr + ran.stdout);
  }
});

test('a sample sends its example whatever signs that holds', async (t) => {
  const echo = await serve(async (request, response) => {
    response.end(await textOf(request));
  });
  t.after(() => echo.close());
  const body = {
    operation: 'getRegions',
    hostile: `l'Aube "à" $HOME $(id) \`id\` \${x} {y} %s \\ \\n é 😀 // # <?php ?>\n`,
    values: [1, -1.5, true, false, null, "'", ['"']],
    nested: { empty: '', long: 'x'.repeat(80) },
  };
  for (const { id, call } of sampleLanguages) {
    const { stdout, stderr } = await runSample(id, call({ url: echo.url, body }), folder, key);
    assert.deepEqual(JSON.parse(stdout || stderr), body, id);
  }
});
