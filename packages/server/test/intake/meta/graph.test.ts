import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, afterEach, before, test } from 'node:test';
import { createGraph, type GraphOptions } from '../../../src/intake/meta/graph.ts';
import { failureOf, GraphError } from '../../../src/intake/meta/graphError.ts';
import {
  type GraphServer,
  type Misbehaviour,
  startGraphServer,
} from '../../support/graphServer.ts';
import { FORM, recordedLead } from './leads.ts';

let server: GraphServer;
before(async () => {
  server = await startGraphServer({ page: 2 });
  server.keep(
    ...[1, 2, 3, 4, 5].map((day) =>
      recordedLead(`${day}`, { created_time: `2026-11-0${day}T08:00:00+0000` }),
    ),
  );
});
afterEach(() => server.behave());
after(() => server.close());

const graphOf = (change: Partial<GraphOptions> = {}) => {
  const { url, appSecret, accessToken } = server;
  return createGraph({ url, appSecret, accessToken, ...change });
};

/** What a call fails with; one that does not fails the test. */
async function failure(call: Promise<unknown>): Promise<GraphError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GraphError) return error;
  throw new Error(`not a GraphError: ${error}`);
}

test('a lead is fetched with its answers, checkboxes and campaign', async () => {
  const lead = await graphOf().lead('3');
  assert.equal(lead.created_time, '2026-11-03T08:00:00+0000');
  assert.deepEqual(lead.field_data[1], { name: 'email', values: ['jean@email.com'] });
  assert.deepEqual(lead.custom_disclaimer_responses, [
    { checkbox_key: 'consent_phone', is_checked: true },
  ]);
  const { ad_name, adset_name, campaign_name, platform, is_organic } = lead;
  assert.deepEqual(
    [ad_name, adset_name, campaign_name, platform, is_organic],
    ['Vidéo balcon', 'Toulouse 30-45', 'Rentrée', 'fb', false],
  );
});

test('the token goes into a header alone, and its proof with it', async () => {
  await graphOf().lead('3');
  const { path, query, authorization } = server.asked.at(-1) ?? assert.fail();
  assert.equal(path, '/v25.0/3');
  assert.equal(authorization, `Bearer ${server.accessToken}`);
  assert.ok(![...query].flat().some((text) => text.includes(server.accessToken)));
  const proof = createHmac('sha256', server.appSecret).update(server.accessToken).digest('hex');
  assert.equal(query.get('appsecret_proof'), proof);
});

test('the pages of a form are read newest first, by cursor, up to the last one', async () => {
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await graphOf().leads(FORM, { after: cursor });
    found.push(...page.leads.map(({ id }) => id));
    cursor = page.after;
  } while (cursor !== undefined);
  assert.deepEqual(found, ['5', '4', '3', '2', '1']);
  assert.equal(server.trapped(), 0);
});

test('only leads made after a time are asked for', async () => {
  const page = await graphOf().leads(FORM, { since: new Date('2026-11-04T08:00:00Z') });
  assert.deepEqual(
    page.leads.map(({ id }) => id),
    ['5'],
  );
  assert.equal(page.after, undefined);
  assert.deepEqual(JSON.parse(server.asked.at(-1)?.query.get('filtering') ?? ''), [
    { field: 'time_created', operator: 'GREATER_THAN', value: 1793779200 },
  ]);
});

test('a next page without a cursor is a failure, never the end', async () => {
  server.misbehave('next without a cursor');
  assert.equal((await failure(graphOf().leads(FORM, {}))).kind, 'passing');
  assert.equal(server.trapped(), 0);
});

test('each failure is told by its kind, with the codes of Meta and not its message', async () => {
  const expected: [Misbehaviour, string, number?, (number | undefined)?, number?][] = [
    ['denied', 'denied', 190, 463],
    ['gone', 'gone', 100, 33],
    // As HTTP 403, with the minutes until calls are answered again.
    ['limited', 'limited', 4, undefined, 19 * 60],
    ['error', 'passing', 2],
    ['garbage', 'passing'],
    ['cut', 'passing'],
    ['huge', 'passing'],
    ['redirect', 'passing'],
  ];
  for (const [how, kind, code, subcode, retryAfter] of expected) {
    server.misbehave(how, { times: 1 });
    const error = await failure(graphOf().leads(FORM, {}));
    assert.deepEqual([how, error.kind, error.code, error.subcode], [how, kind, code, subcode]);
    assert.equal(error.retryAfter, retryAfter);
    assert.doesNotMatch(`${error.stack}${error.cause}`, /jean@email\.com|appsecret|EAAlocal/);
  }
  assert.equal(server.trapped(), 0, 'no redirect is followed');
});

test('an answer that does not come is given up', async () => {
  server.misbehave('silent');
  assert.equal((await failure(graphOf({ timeout: 1 }).lead('3'))).kind, 'passing');
  const stop = new AbortController();
  const call = failure(graphOf({ signal: stop.signal }).lead('3'));
  stop.abort();
  assert.equal((await call).kind, 'passing');
});

test('a server that is away is a passing failure', async () => {
  const away = await startGraphServer();
  await away.close();
  assert.equal((await failure(graphOf({ url: away.url }).lead('3'))).kind, 'passing');
});

test('a wrong token is a denial; without the right proof a token is worth nothing', async () => {
  assert.equal((await failure(graphOf({ accessToken: 'EAAother' }).lead('3'))).kind, 'denied');
  await failure(graphOf({ appSecret: 'another' }).lead('3'));
});

test('nothing but digits gets into an address', async () => {
  const calls = server.asked.length;
  for (const id of ['', '../me', '1/leads', '1?fields=id', 'me', '1'.repeat(31)]) {
    assert.equal((await failure(graphOf().lead(id))).kind, 'gone');
    assert.equal((await failure(graphOf().leads(id, {}))).kind, 'gone');
  }
  assert.equal(server.asked.length, calls);
});

test('another lead than the one asked for is no answer', async () => {
  const other = recordedLead('77');
  const answer = async () => Response.json(other);
  assert.equal((await graphOf({ fetch: answer }).lead('77')).id, '77');
  assert.equal((await failure(graphOf({ fetch: answer }).lead('78'))).kind, 'passing');
});

test('a page with a row that is no lead is a failure, so that no row is passed over', async () => {
  for (const body of [{ data: [recordedLead('1'), { created_time: 'x' }] }, { data: {} }, {}, []]) {
    const answer = async () => Response.json(body);
    assert.equal((await failure(graphOf({ fetch: answer }).leads(FORM, {}))).kind, 'passing');
  }
});

test('ids that come as numbers keep every digit', async () => {
  const answer = async () =>
    new Response('{"id":18140227253137421,"form_id":23842978613670425,"ad_id":0}');
  const lead = await graphOf({ fetch: answer }).lead('18140227253137421');
  assert.deepEqual([lead.form_id, lead.ad_id], ['23842978613670425', undefined]);
});

test('codes count before the HTTP status, and the status where there is no code', () => {
  const kind = (status: number, code?: number, error_subcode?: number) =>
    failureOf(status, new Headers(), code ? { error: { code, error_subcode } } : undefined)?.kind;
  for (const code of [4, 17, 32, 613, 80001, 80005]) assert.equal(kind(403, code), 'limited');
  for (const code of [10, 102, 190, 200, 299]) assert.equal(kind(400, code), 'denied');
  for (const code of [1, 2, 100, 199, 300, 341, 368]) assert.equal(kind(400, code), 'passing');
  assert.equal(kind(200, 190), 'denied', 'an error is one, whatever the status');
  assert.equal(kind(400, 803), 'gone');
  assert.deepEqual(
    [429, 401, 403, 404, 400, 502].map((status) => kind(status)),
    ['limited', 'denied', 'denied', 'gone', 'passing', 'passing'],
  );
  assert.equal(kind(200), undefined);
});

test('the longest wait of the headers counts, within a day; headers that make no sense do not', () => {
  const wait = (usage: string) =>
    failureOf(429, new Headers({ 'x-business-use-case-usage': usage }), undefined)?.retryAfter;
  const minutes = (...waits: unknown[]) =>
    JSON.stringify({ '1': waits.map((time) => ({ estimated_time_to_regain_access: time })) });
  assert.equal(wait(minutes(0, 3, 2)), 180);
  assert.equal(wait(minutes(1e9)), 86_400);
  for (const usage of ['', '[', '[]', '{}', '{"1":null}', minutes(0), minutes(-1, 'soon', null)]) {
    assert.equal(wait(usage), undefined, usage);
  }
});
