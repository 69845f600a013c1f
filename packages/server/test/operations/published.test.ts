import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientOperations } from '@relais/contract';
import { sql } from 'kysely';
import { PULLED, publishedCrm, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, idsOf, serverFor, type TestServer } from '../support/server.ts';

let server: TestServer;
let key: string;

before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
});
after(() => server.close());

test("getRegions gives the page's bytes", async () => {
  const reply = await server.send(key, { operation: 'getRegions' });
  assert.equal(reply.status, 200);
  assert.equal(
    reply.text,
    '[{"id":30,"nom":"Occitanie"},{"id":62,"nom":"Provence-Alpes-Côte d\'Azur"}]',
  );
});

test("getProgrammes gives the page's bytes", async () => {
  const reply = await server.send(key, { operation: 'getProgrammes' });
  assert.equal(reply.text, '[{"id":145,"idRegion":30,"nom":"Les Jardins de l\'Aube"}]');
});

test("readContacts gives the page's twelve fields first, then the additional ones", async () => {
  const reply = await server.send(key, { operation: 'readContacts' });
  assert.ok(
    reply.text.startsWith(
      '[{"action_id":1045,"prospect_id":5002,"programme_id":145,"prospect_nom":"Dupont",' +
        '"prospect_prenom":"Jean","prospect_telephone":"+33612345678",' +
        '"prospect_email":"jean@email.com","programme_nom":"Les Jardins de l\'Aube",' +
        '"region_nom":"Occitanie","origine_designation":"Website form",' +
        '"type_contact_designation":"Inbound Lead","type_action_designation":"Contact request",' +
        '"action_date":"2026-11-23T08:00:00.000Z","action_commentaire":null,',
    ),
    reply.text,
  );
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(reply.headers.get('cache-control'), 'no-store');
  assert.match(reply.headers.get('request-id') ?? '', /^[0-9a-f-]{36}$/);
  assert.match(reply.headers.get('ratelimit') ?? '', /^"key";r=\d+;t=\d+$/);
  assert.match(reply.headers.get('ratelimit-policy') ?? '', /^"key";q=\d+;w=60$/);
  assert.equal(reply.headers.get('access-control-allow-origin'), null);
});

test('readContacts changes nothing', async () => {
  const first = await server.send(key, { operation: 'readContacts' });
  const second = await server.send(key, { operation: 'readContacts' });
  assert.equal(first.text, second.text);
});

test('pullContacts gives the contacts it changed, once; getPulledContacts shows them', async () => {
  const [read] = contactsOf(await server.send(key, { operation: 'readContacts' }));
  const pull = await server.send(key, { operation: 'pullContacts' });
  const [pulled] = contactsOf(pull);
  assert.ok(read && pulled);
  assert.equal(pulled.statut_id, PULLED);
  assert.equal(pulled.statut_designation, 'Transmis');
  assert.equal(pulled.pull_id, pull.headers.get('pull-id'));
  assert.match(pulled.pulled_at ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const { statut_id, statut_designation, pulled_at, pull_id, ...kept } = pulled;
  assert.deepEqual({ ...read, ...kept }, read);
  assert.equal(read.statut_id, READY);
  assert.equal(pull.headers.get('pull-seq'), '1');
  assert.equal(pull.headers.get('pull-count'), '1');
  assert.equal(pull.headers.get('pull-remaining'), '0');

  const again = await server.send(key, { operation: 'pullContacts' });
  assert.equal(again.text, '[]');
  assert.equal(again.headers.get('pull-id'), null);
  assert.equal(again.headers.get('pull-count'), '0');
  assert.equal((await server.send(key, { operation: 'readContacts' })).text, '[]');
  const listed = await server.send(key, { operation: 'getPulledContacts' });
  assert.deepEqual(contactsOf(listed), [pulled]);
});

test('every answer agrees with the contract', async () => {
  for (const name of ['getRegions', 'getProgrammes', 'getPulledContacts'] as const) {
    const reply = await server.send(key, { operation: name });
    const read = clientOperations[name].response.safeParse(JSON.parse(reply.text));
    assert.ok(read.success, `${name}: ${read.error?.message}`);
  }
});

test('an unknown parameter is passed over by a published operation', async () => {
  const reply = await server.send(key, { operation: 'getRegions', page: 2, key_id: 'x' });
  assert.equal(reply.status, 200);
});

test('an unknown parameter is refused by a new operation', async () => {
  const reply = await server.send(key, { operation: 'getPullBatch', pullId: 'x', page: 2 });
  assert.equal(reply.status, 400);
  assert.equal(reply.headers.get('error-code'), 'invalid_parameter');
});

test('a list that is cut says so, and its cursor leads on to the end', async (t) => {
  const other = await serverFor(t);
  await loadInto(other.main, queueCrm(450));
  const { text } = await other.key('Promoteur X');

  const whole = await other.send(text, { operation: 'readContacts' });
  assert.equal(contactsOf(whole).length, 200);
  // As leads come in: many within one millisecond.
  await sql`update action set ready_at = '2026-01-01'::timestamptz + action.id * interval '1 us'`.execute(
    other.main.db,
  );
  const seen: number[] = [];
  let pages = 0;
  let cursor: string | null = null;
  do {
    const body = { operation: 'readContacts', limit: 150, ...(cursor ? { cursor } : {}) };
    const reply = await other.send(text, body);
    seen.push(...idsOf(reply));
    pages += 1;
    cursor = reply.headers.get('next-cursor');
    assert.equal(reply.headers.get('result-truncated'), cursor ? 'true' : null);
  } while (cursor);
  assert.equal(pages, 3, 'a page that is full to the end leads to no empty one');
  assert.deepEqual(
    seen,
    Array.from({ length: 450 }, (_, index) => index + 1),
  );

  for (let pulls = 0; pulls < 3; pulls += 1) await other.send(text, { operation: 'pullContacts' });
  const newest = await other.send(text, { operation: 'getPulledContacts', limit: 300 });
  const rest = await other.send(text, {
    operation: 'getPulledContacts',
    cursor: newest.headers.get('next-cursor'),
  });
  assert.deepEqual(
    [...idsOf(newest), ...idsOf(rest)].sort((left, right) => left - right),
    Array.from({ length: 450 }, (_, index) => index + 1),
  );
  const times = [...contactsOf(newest), ...contactsOf(rest)].map(
    ({ pulled_at }) => pulled_at ?? '',
  );
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.equal(rest.headers.get('result-truncated'), null);
});
