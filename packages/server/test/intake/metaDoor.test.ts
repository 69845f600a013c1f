import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startServer } from '../../src/serve.ts';
import { tablesWith } from '../support/canary.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import {
  changeOf,
  type MetaBench,
  notification,
  openMetaBench,
  signatureOf,
} from '../support/meta.ts';

let bench: MetaBench;
let token: string;
before(async () => {
  bench = await openMetaBench();
  token = await bench.source('page');
});
after(() => bench.close());

interface Notice {
  readonly leadgen_id: string;
  readonly hints: readonly string[];
}

/** What a source still has to fetch. */
async function notices(source: string): Promise<Notice[]> {
  const { rows } = await sql<Notice>`
    select meta_notice.leadgen_id, meta_notice.hints from meta_notice
    join source on source.id = meta_notice.id_source
    where source.nom = ${source} order by meta_notice.leadgen_id`.execute(bench.server.main.db);
  return rows;
}

const verify = (source: string, query: Record<string, string>) =>
  knock(bench.server.url, `${source}?${new URLSearchParams(query)}`, { method: 'GET' });

test('the address is verified: the challenge comes back as text to who shows the token', async () => {
  for (const challenge of ['1158201444', '<script>alert(1)</script>']) {
    const reply = await verify('page', {
      ...{ 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': challenge },
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.text, challenge);
    assert.equal(reply.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  }
});

test('a verification with another token, or of a source that is not Meta, is answered 401', async () => {
  const other = await bench.source('other-page');
  const json = await makeSource(bench.server, 'site', 'json');
  const shared = { 'hub.mode': 'subscribe', 'hub.challenge': '1' };
  for (const [source, shown] of [
    ['page', 'x'],
    ['page', ''],
    ['page', other],
    ['site', json],
    ['nobody', token],
  ] as const) {
    const reply = await verify(source, { ...shared, 'hub.verify_token': shown });
    assertRefused(reply, 401, 'invalid_source_token');
  }
});

test('any other GET is answered 405', async () => {
  for (const query of [
    { 'hub.mode': 'subscribe', 'hub.verify_token': token },
    { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
    { 'hub.mode': 'unsubscribe', 'hub.verify_token': token, 'hub.challenge': '1' },
    { 'hub.mode': 'subscribe', 'hub.verify_token': token, 'hub.challenge': 'x'.repeat(201) },
  ]) {
    assertRefused(await verify('page', query), 405, 'method_not_allowed');
  }
});

test('a notification is taken only with the signature of the app over its very bytes', async () => {
  await bench.source('signed');
  const body = notification([changeOf('101')]);
  const altered = body.replace('"101"', '"102"');
  const { appSecret, accessToken } = bench.graph;
  const good = signatureOf(body, appSecret);
  for (const [sent, signature] of [
    [altered, good],
    [`${body} `, good],
    [body, signatureOf(body, 'another secret')],
    [body, signatureOf(body, '')],
    [body, signatureOf(body, accessToken)],
    [body, good.slice(0, -1)],
    [body, good.replace('sha256=', '')],
    [body, good.replace('sha256=', 'sha1=')],
    [body, `${good}, ${good}`],
    [body, ''],
  ] as const) {
    const reply = await bench.notify('signed', sent, { 'x-hub-signature-256': signature });
    assert.ok([401, 429].includes(reply.status), reply.text);
  }
  assert.deepEqual(await notices('signed'), []);
  const reply = await bench.notify('signed', body);
  assert.equal(reply.status, 200);
  assert.equal(reply.text, '{}');
});

test('what is wrong with a signature is not told', async () => {
  const sentence = 'The signature is missing or wrong.';
  // The tests before have used up their failures, which count for all servers together.
  await bench.server.databases.catalog.deleteFrom('limit_window').execute();
  const server = await startServer(bench.server.config);
  try {
    const body = notification([changeOf('1')]);
    for (const headers of [{}, { 'x-hub-signature-256': signatureOf(body, 'x') }]) {
      const reply = await knock(server.url, 'page', { headers, body });
      assertRefused(reply, 401, 'invalid_signature', sentence);
    }
  } finally {
    await server.close();
  }
});

test('a notification tells of many leads, in several entries, with ids as texts and as numbers', async () => {
  await bench.source('many');
  bench.graph.misbehave('limited');
  const body = notification(
    [changeOf('201', '11'), { field: 'feed', value: { leadgen_id: '299' } }, changeOf('202', '12')],
    [changeOf('NUMBER', '11'), changeOf('201', '11'), changeOf('0'), changeOf('../1')],
  ).replace('"NUMBER"', '23842978613670425');
  assert.equal((await bench.notify('many', body)).status, 200);
  assert.deepEqual(await notices('many'), [
    { leadgen_id: '201', hints: ['11'] },
    { leadgen_id: '202', hints: ['12'] },
    { leadgen_id: '23842978613670425', hints: ['11'] },
  ]);
  // Meta says everything again when it is not sure that it was heard.
  assert.equal((await bench.notify('many', body)).status, 200);
  assert.equal((await notices('many')).length, 3);
  bench.graph.behave();
});

test('a signed call that is no notification is answered 400, one that tells of no lead 200', async () => {
  for (const body of ['', '[]', 'null', '{"object":"page"}', '{"entry":{}}', '{"entry":[']) {
    assertRefused(await bench.notify('page', body), 400, 'invalid_request');
  }
  for (const body of ['{"entry":[]}', '{"entry":[null,{"changes":[null,{"field":"leadgen"}]}]}']) {
    assert.equal((await bench.notify('page', body)).status, 200, body);
  }
});

test('neither the secret of the app nor the access token can be read in the database', async () => {
  const { appSecret, accessToken } = bench.graph;
  for (const secret of [appSecret, accessToken]) {
    for (const { db } of [bench.server.main, { db: bench.server.databases.catalog }]) {
      assert.deepEqual(await tablesWith(db, secret), []);
    }
  }
  assert.deepEqual(await tablesWith(bench.server.main.db, 'other-page'), ['audit', 'source']);
});

test('a source whose secrets were sealed under another RELAIS_SECRET answers 503, and keeps nothing', async () => {
  await bench.source('sealed');
  const body = notification([changeOf('301')]);
  const secret = 'another secret of this installation';
  const elsewhere = await startServer({ ...bench.server.config, secret });
  try {
    const headers = { 'x-hub-signature-256': signatureOf(body, bench.graph.appSecret) };
    const reply = await knock(elsewhere.url, 'sealed', { headers, body });
    assertRefused(reply, 503, 'unavailable', 'This source can not be read at present.');
    assert.equal(reply.headers.get('retry-after'), '60');
  } finally {
    await elsewhere.close();
  }
  assert.deepEqual(await notices('sealed'), []);
  assert.equal((await bench.notify('sealed', body)).status, 200);
});
