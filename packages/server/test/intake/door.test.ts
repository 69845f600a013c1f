import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { pauseSource, rotateToken } from '../../src/changes/sources.ts';
import { issueToken } from '../../src/keys/sourceToken.ts';
import { findSource, type Source } from '../../src/store/sources.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { typo } from '../support/typo.ts';

let server: TestServer;
let token: string;
before(async () => {
  // Each test may come from an address of its own, so that their failures do not add up.
  server = await freshServer({ RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  await loadInto(server.main, publishedCrm());
  token = await makeSource(server, 'site', 'json', { id_programme: 145 });
});
after(() => server.close());

let addresses = 0;
const address = () => {
  addresses += 1;
  return { 'x-forwarded-for': `192.0.2.${addresses}` };
};
const lead = (name: string) => JSON.stringify({ email: `${name}@example.com` });
const post = (
  body: NonNullable<RequestInit['body']>,
  { source = 'site', shown = token }: { source?: string; shown?: string } = {},
) => knock(server.url, source, { headers: { 'x-source-token': shown, ...address() }, body });

const sourceNamed = async (nom: string): Promise<Source> => {
  const source = await findSource(server.main.db, nom);
  assert.ok(source);
  return source;
};

const countLeads = async (): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from lead`.execute(server.main.db);
  return rows[0]?.n ?? -1;
};

const UNKNOWN = 'Unknown source, or its token is missing or wrong.';

test('an unknown source, a file source and a wrong token get the same answer', async () => {
  await makeSource(server, 'classeur', 'file');
  const foreign = await makeSource(server, 'partner', 'json');
  const before = await countLeads();
  for (const [source, shown] of [
    ['nobody', token],
    ['Site', token],
    ['site%20', token],
    ['constructor', token],
    ['x'.repeat(41), token],
    ['classeur', token],
    ['classeur', ''],
    ['site', ''],
    ['site', 'x'],
    ['site', typo(token, token.length - 1)],
    ['site', issueToken().text],
    ['site', foreign],
    ['site', `${token}, ${foreign}`],
  ] as const) {
    assertRefused(await post(lead('x'), { source, shown }), 401, 'invalid_source_token', UNKNOWN);
  }
  const none = await knock(server.url, 'site', { headers: address(), body: lead('x') });
  assertRefused(none, 401, 'invalid_source_token', UNKNOWN);
  const inUrl = await knock(server.url, `site?token=${token}`, { headers: address() });
  assertRefused(inUrl, 401, 'invalid_source_token', UNKNOWN);
  assert.equal(await countLeads(), before);
});

test('the token may be a bearer token', async () => {
  for (const authorization of [`Bearer ${token}`, `bearer  ${token}`]) {
    const headers = { authorization, ...address() };
    const reply = await knock(server.url, 'site', { headers, body: lead('bearer') });
    assert.equal(reply.status, 200, reply.text);
  }
  const headers = { authorization: `Basic ${btoa(`x:${token}`)}`, ...address() };
  const basic = await knock(server.url, 'site', { headers, body: lead('bearer') });
  assertRefused(basic, 401, 'invalid_source_token', UNKNOWN);
});

test('after a rotation both tokens work, and the old one only until the overlap ends', async () => {
  const old = await makeSource(server, 'rotated', 'json', { id_programme: 145 });
  const fresh = await rotateToken(server.main, await sourceNamed('rotated'), 1, 'command:test');
  const say = (shown: string) => post(lead('rotated'), { source: 'rotated', shown });
  assert.notEqual(fresh, old);
  for (const shown of [old, fresh]) assert.equal((await say(shown)).status, 200);
  await sql`
    update source set previous_token_until = clock_timestamp()
    where source.nom = 'rotated'`.execute(server.main.db);
  assertRefused(await say(old), 401, 'invalid_source_token', UNKNOWN);
  assert.equal((await say(fresh)).status, 200);
  const last = await rotateToken(server.main, await sourceNamed('rotated'), 0, 'command:test');
  assertRefused(await say(fresh), 401, 'invalid_source_token', UNKNOWN);
  assert.equal((await say(last)).status, 200);
});

test('a token that is in use goes on for its overlap though the one after it was lost and replaced', async () => {
  const used = await makeSource(server, 'lost', 'json', { id_programme: 145 });
  const rotate = async (overlapHours: number) =>
    rotateToken(server.main, await sourceNamed('lost'), overlapHours, 'command:test');
  const status = async (shown: string) =>
    (await post(lead('lost'), { source: 'lost', shown })).status;
  const lost = [await rotate(24), await rotate(24)];
  const last = await rotate(1);
  for (const token of [used, ...lost, last]) assert.equal(await status(token), 200);
  // Each ends as its own rotation said, or sooner.
  await sql`
    update source_previous_token set until = until - interval '1 hour'`.execute(server.main.db);
  assert.deepEqual(await Promise.all([used, ...lost].map(status)), [401, 401, 200]);
  const only = await rotate(0);
  assert.deepEqual(await Promise.all([...lost, last].map(status)), [401, 401, 401]);
  assert.equal(await status(only), 200);
});

const EMPTY = 'The body is empty: send a JSON object.';
const NO_JSON = 'The body is not valid JSON.';
const NO_OBJECT = 'The body must be a JSON object.';
const TWICE = 'The body gives a member twice.';
const bodies: [
  string,
  NonNullable<RequestInit['body']>,
  'invalid_json' | 'invalid_request',
  string,
][] = [
  ['an empty body', '', 'invalid_json', EMPTY],
  ['truncated JSON', '{"nom":"x"', 'invalid_json', NO_JSON],
  ['a form', 'nom=x&email=x@example.com', 'invalid_json', NO_JSON],
  [
    'bytes that are not UTF-8',
    Buffer.from('{"nom":"\xe9"}', 'latin1'),
    'invalid_json',
    'The body is not UTF-8: send JSON as text, not compressed.',
  ],
  ['an array', '[{"nom":"x"}]', 'invalid_request', NO_OBJECT],
  ['a text', '"x"', 'invalid_request', NO_OBJECT],
  ['null', 'null', 'invalid_request', NO_OBJECT],
  ['a member given twice', '{"nom":"x","nom":"y"}', 'invalid_request', TWICE],
  ['a member given twice, once escaped', '{"nom":"x","n\\u006fm":"y"}', 'invalid_request', TWICE],
  ['a member given twice deep down', '{"a":[{"b":1,"b":2}]}', 'invalid_request', TWICE],
];
for (const [name, body, code, sentence] of bodies) {
  test(`${name} is answered 400 ${code}, and nothing is stored`, async () => {
    const before = await countLeads();
    assertRefused(await post(body), 400, code, sentence);
    assert.equal(await countLeads(), before);
  });
}

test('any Content-Type is read as JSON, a malformed one and none included', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'x', undefined]) {
    const reply = await knock(server.url, 'site', {
      headers: {
        'x-source-token': token,
        ...(type === undefined ? {} : { 'content-type': type }),
        ...address(),
      },
      body: Buffer.from(lead('type')),
    });
    assert.equal(reply.status, 200, reply.text);
  }
});

test('ids above 2^53 that come as numbers are told apart', async () => {
  const ids = ['23842978613670425', '23842978613670424'];
  const leads = [];
  for (const id of ids) leads.push(await post(`{"externalId":${id},"email":"big@example.com"}`));
  assert.equal(new Set(leads.map(({ headers }) => headers.get('lead-id'))).size, 2);
  const { rows } = await sql<{ external_id: string }>`
    select lead.external_id from lead
    where lead.external_id = any(${ids}) order by 1 desc`.execute(server.main.db);
  assert.deepEqual(
    rows.map(({ external_id }) => external_id),
    ids,
  );
});

test('JSON nested deeper than it can be read is refused, and does not stop the server', async () => {
  const deep = `{"email":"deep@example.com","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  assertRefused(await post(deep), 400, 'invalid_json', NO_JSON);
  const less = `{"email":"deep@example.com","x":${'['.repeat(500)}${']'.repeat(500)}}`;
  assert.equal((await post(less)).status, 200);
});

const padded = (bytes: number) => {
  const [start, end] = ['{"email":"large@example.com","x":"', '"}'];
  return start + 'x'.repeat(bytes - start.length - end.length) + end;
};

test('a body of 1 MiB is read, a byte more is answered 413 with the limit of this door', async () => {
  assert.equal((await post(padded(1024 * 1024))).status, 200);
  const before = await countLeads();
  const large = await post(padded(1024 * 1024 + 1));
  assertRefused(large, 413, 'payload_too_large', 'The body is larger than 1 MB.');
  assert.equal(await countLeads(), before);
});

test('the Client API keeps its limit of 64 kB', async () => {
  const reply = await server.send(undefined, padded(64 * 1024 + 1));
  assertRefused(reply, 413, 'payload_too_large', 'The body is larger than 64 kB.');
});

test('a method other than POST is answered 405 with Allow, whether there is a source or not', async () => {
  await makeSource(server, 'methods', 'form');
  for (const source of ['site', 'methods', 'classeur', 'nobody']) {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const headers = { 'x-source-token': token, ...address() };
      const reply = await knock(server.url, source, { method, headers });
      assertRefused(reply, 405, 'method_not_allowed', 'Leads are sent with POST.');
      assert.equal(reply.headers.get('allow'), 'POST');
    }
    const head = await knock(server.url, source, { method: 'HEAD', headers: address() });
    assert.equal(head.status, 405);
    assert.equal(head.text, '');
  }
});

test('another path is answered 404 in the same shape', async () => {
  for (const path of ['..', '../v2/site', 'site/leads', '../../intake']) {
    const reply = await knock(server.url, path, { headers: address(), body: lead('path') });
    assertRefused(reply, 404, 'not_found', 'Nothing is at this address.');
  }
  assert.equal((await post(lead('slash'), { source: 'site/' })).status, 200);
});

test('a paused source keeps its leads in quarantine, and lets them in once it goes on', async () => {
  const shown = await makeSource(server, 'paused', 'json', { id_programme: 145 });
  const key = (await server.key('Promoteur X')).text;
  const send = () =>
    post('{"externalId":"p-1","email":"paused@example.com"}', { source: 'paused', shown });
  const pull = async () => idsOf(await server.send(key, { operation: 'pullContacts' }));
  await pull();

  await pauseSource(server.main, await sourceNamed('paused'), true, 'command:test');
  const held = await send();
  assert.equal(held.status, 200);
  const answer = JSON.parse(held.text);
  assert.equal(answer.outcome, 'quarantined');
  assert.equal(answer.action_id, null);
  assert.deepEqual(
    answer.reasons.map(({ code }: { code: string }) => code),
    ['source_paused'],
  );
  assert.deepEqual(await pull(), []);

  await pauseSource(server.main, await sourceNamed('paused'), false, 'command:test');
  const again = await send();
  assert.equal(again.headers.get('lead-id'), held.headers.get('lead-id'));
  assert.deepEqual(await pull(), [JSON.parse(again.text).action_id]);
});

test('while its database is away a source is answered 503 with Retry-After, never 200', async () => {
  const doomed = await server.create('doomed');
  await loadInto(doomed, publishedCrm());
  const json = await makeSource(server, 'away', 'json', { database: doomed, id_programme: 145 });
  const form = await makeSource(server, 'away-form', 'form', { database: doomed });
  assert.equal((await post(lead('away'), { source: 'away', shown: json })).status, 200);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    doomed.db,
  );
  await sql`alter database ${sql.id(rows[0]?.name ?? '')} allow_connections false`.execute(
    server.main.db,
  );
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${rows[0]?.name}`.execute(server.main.db);
  for (const reply of [
    await post(lead('away'), { source: 'away', shown: json }),
    await post(new URLSearchParams({ token: form, email: 'a@example.com' }), {
      source: 'away-form',
    }),
  ]) {
    assertRefused(reply, 503, 'unavailable');
    assert.ok(Number(reply.headers.get('retry-after')) >= 1);
  }
  assert.equal((await post(lead('elsewhere'))).status, 200);
});
