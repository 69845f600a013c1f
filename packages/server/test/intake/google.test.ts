import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contact } from '@relais/contract';
import { issueToken } from '../../src/keys/sourceToken.ts';
import { type QuarantinedLead, readQuarantine } from '../../src/store/leadsRead.ts';
import { tablesWith } from '../support/canary.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import { contactsOf, freshServer, type Reply, type TestServer } from '../support/server.ts';
import { typo } from '../support/typo.ts';

/** Beyond 2^53, and no double holds it: the nearest one ends in 424. */
const LEAD_ID = '23842978613670425';
const FORM_ID = '40000000000000000001';

let server: TestServer;
let key: string;
let token: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  token = await makeSource(server, 'ads', 'google', { programmes: { [FORM_ID]: 145 } });
  await pull();
});
after(() => server.close());

const pull = async (shown = key): Promise<Contact[]> =>
  contactsOf(await server.send(shown, { operation: 'pullContacts' }));

interface Change {
  readonly key?: string;
  readonly id?: string;
  readonly form?: string;
  readonly test?: boolean;
  readonly email?: string;
}

/** Google's own example, with ids written as numbers, as the documentation has them. */
const payload = (change: Change = {}) => `{
  "lead_id": ${change.id ?? `"${change.email ?? 'lead-1'}"`}, "api_version": "1.0",
  "form_id": ${change.form ?? FORM_ID}, "campaign_id": 20000000000,
  "google_key": ${JSON.stringify(change.key ?? token)}, "is_test": ${change.test ?? false},
  "gcl_id": "TeSter-123", "adgroup_id": 30000000000, "creative_id": 30000000001,
  "lead_submit_time": "2026-11-23T08:00:00Z", "lead_stage": "UNKNOWN", "new_member": {"a": [1]},
  "user_column_data": [
    {"column_name": "Full Name", "string_value": "Jean Martin", "column_id": "FULL_NAME"},
    {"column_id": "EMAIL", "string_value": "${change.email ?? 'jean.martin@example.com'}"},
    {"column_id": "POSTAL_CODE", "string_value": "01000"},
    {"column_name": "Votre projet ?", "string_value": "investir", "column_id": "votre_projet"}
  ]}`;

const post = (body: string, source = 'ads'): Promise<Reply> =>
  knock(server.url, source, { headers: { 'content-type': 'application/json' }, body });

const take = async (body: string, source?: string): Promise<Reply> => {
  const reply = await post(body, source);
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.text, '{}');
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
  return reply;
};

/** The lead of an answer that waits in quarantine. */
async function quarantined(reply: Reply): Promise<QuarantinedLead> {
  const id = Number(reply.headers.get('lead-id'));
  const [lead] = await readQuarantine(server.main.db, {}, 1, id - 1);
  assert.ok(lead?.id === id, 'it waits in quarantine');
  return lead;
}

test('a lead of a Google form is a contact of the programme that its form stands for', async () => {
  await take(payload({ id: LEAD_ID }));
  const [contact, ...others] = await pull();
  assert.equal(others.length, 0);
  assert.equal(contact?.source_reference, LEAD_ID);
  assert.equal(contact?.programme_id, 145);
  assert.equal(contact?.prospect_nom, 'Martin');
  assert.equal(contact?.prospect_prenom, 'Jean');
  assert.equal(contact?.prospect_email, 'jean.martin@example.com');
  assert.equal(contact?.prospect_code_postal, '01000');
  assert.equal(contact?.gclid, 'TeSter-123');
  assert.equal(contact?.action_commentaire, 'Votre projet ? : investir');
});

test('ids above 2^53 are told apart, as numbers and as texts', async () => {
  const ids = ['9007199254740993', '9007199254740992', '"9007199254740995"', '9007199254740994'];
  for (const [index, id] of ids.entries()) {
    await take(payload({ id, email: `big${index}@example.com` }));
  }
  const references = (await pull()).map((contact) => contact.source_reference);
  assert.deepEqual(
    references,
    ids.map((id) => id.replaceAll('"', '')),
  );
});

test('a lead that Google sends twice is one lead, as a number and as a text', async () => {
  const first = await take(payload({ id: '9007199254740997', email: 'twice@example.com' }));
  assert.equal(first.headers.get('idempotency-replayed'), null);
  const second = await take(payload({ id: '"9007199254740997"', email: 'twice@example.com' }));
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
  assert.equal(second.headers.get('lead-id'), first.headers.get('lead-id'));
  assert.equal((await pull()).length, 1);
});

test('sent at once many times over, a lead is still one', async () => {
  const body = payload({ id: '9007199254740999', email: 'storm@example.com' });
  const replies = await Promise.all(Array.from({ length: 20 }, () => take(body)));
  assert.equal(new Set(replies.map(({ headers }) => headers.get('lead-id'))).size, 1);
  assert.equal((await pull()).length, 1);
});

test('a wrong google_key is answered 401, and so is none, an object, or one in a header', async () => {
  const other = await makeSource(server, 'other-ads', 'google');
  for (const wrong of [issueToken().text, other, typo(token, 20), '', ` ${token}`]) {
    assertRefused(await post(payload({ key: wrong })), 401, 'invalid_source_token');
  }
  for (const body of ['{}', '{"google_key":null}', `{"google_key":["${token}"]}`]) {
    const headers = { 'x-source-token': token, authorization: `Bearer ${token}` };
    const reply = await knock(server.url, 'ads', { headers, body });
    assert.ok(reply.status === 401 || reply.status === 429, reply.text);
  }
  assert.deepEqual(await pull(), []);
});

test('a trial of the form waits in quarantine, and never reaches a live client', async () => {
  const reply = await take(payload({ test: true, email: 'trial@example.com' }));
  const lead = await quarantined(reply);
  assert.deepEqual(
    lead.reasons.map(({ code }) => code),
    ['test_lead'],
  );
  assert.deepEqual(await pull(), []);
});

test('in a database of environment test a trial is let in', async () => {
  const sandbox = await server.create('sandbox', 'test');
  await loadInto(sandbox, publishedCrm());
  const shown = await makeSource(server, 'sandbox-ads', 'google', {
    ...{ database: sandbox, programmes: { [FORM_ID]: 145 } },
  });
  const sandboxKey = (await server.key('Promoteur X', { database: sandbox })).text;
  await pull(sandboxKey);
  await take(payload({ key: shown, test: true, email: 'trial@example.com' }), 'sandbox-ads');
  assert.deepEqual(
    (await pull(sandboxKey)).map((contact) => contact.prospect_email),
    ['trial@example.com'],
  );
  assert.deepEqual(await pull(), []);
});

test('a lead of a form that nobody knows waits, with what an operator may do', async () => {
  const reply = await take(payload({ form: '40000000000000000002', email: 'form@example.com' }));
  const lead = await quarantined(reply);
  assert.deepEqual(lead.reasons, [
    {
      code: 'unknown_programme',
      suggestion: 'Associer « 40000000000000000002 » à un programme : relais source map ads',
    },
  ]);
  assert.deepEqual(await pull(), []);
});

test('the google_key is in no table, whatever became of the lead', async () => {
  await take(payload({ id: '1', email: 'canary@example.com' }));
  await take(payload({ id: '2', email: 'canary-2@example.com', form: '1' }));
  await post(payload({ key: `${token.slice(0, -1)}?` }));
  const { catalog } = server.databases;
  for (const db of [server.main.db, catalog]) {
    assert.deepEqual(await tablesWith(db, token), []);
    assert.deepEqual(await tablesWith(db, token.slice(14, 38)), []);
  }
  assert.deepEqual(await tablesWith(server.main.db, 'canary@example.com'), [
    ...['contact_text', 'lead', 'prospect', 'prospect_identity'],
  ]);
});

test('a body that can not be read is refused, and nothing is stored', async () => {
  const twice = payload().replace('"api_version"', '"google_key": "x", "api_version"');
  for (const [body, code] of [
    ['', 'invalid_json'],
    [payload().slice(0, -1), 'invalid_json'],
    [`[${payload()}]`, 'invalid_request'],
    [twice, 'invalid_request'],
  ] as const) {
    assertRefused(await post(body), 400, code);
  }
});
