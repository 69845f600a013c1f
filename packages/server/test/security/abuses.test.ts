import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withChecksum } from '../../src/keys/encoding.ts';
import { issueKey } from '../../src/keys/key.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';
import { typo } from '../support/typo.ts';

let server: TestServer;
let token: string;
before(async () => {
  // Each guess comes from an address of its own: what is counted by address is tested elsewhere.
  server = await freshServer({ RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  await loadInto(server.main, publishedCrm());
  token = await makeSource(server, 'site', 'json', { id_programme: 145 });
});
after(() => server.close());

let guesses = 0;
const guess = (key: string) => {
  guesses += 1;
  const from = { 'x-forwarded-for': `2001:db8:0:${guesses.toString(16)}::1` };
  return server.send(key, { operation: 'getRegions' }, from);
};

test('whatever is wrong with a key, its guesser gets the same bytes (security 6)', async () => {
  const { text } = await server.key('Promoteur X');
  const other = issueKey('live').text;
  const body = text.slice(0, -6);
  const head = text.slice(0, -49);
  const secret = other.slice(-49, -6);
  const wrong = [
    other,
    issueKey('test').text,
    // The id of a key that there is, with another secret, or but for a letter: the checksum is right.
    withChecksum(head + secret),
    withChecksum(typo(body, body.length - 1)),
    // The key itself, but for a letter, or for its environment.
    typo(text, text.length - 1),
    text.replace('_live_', '_test_'),
    withChecksum(body.replace('_live_', '_test_')),
    text.toLowerCase(),
    text.slice(0, -1),
    `${text}a`,
    'x',
    "' or 1=1 --",
    '0'.repeat(5_000),
  ];
  for (const key of wrong) {
    const { status, text: answer, headers } = await guess(key);
    assert.equal(status, 401, key);
    assert.equal(answer, '{"valid":false,"error":"Invalid API Key"}', key);
    assert.equal(headers.get('error-code'), 'invalid_api_key');
  }
  assert.equal((await guess(text)).status, 200);
});

test('a key has 256 random bits, and no two are alike (security 6)', () => {
  const secrets = Array.from({ length: 2_000 }, () => issueKey('live').text.slice(-49, -6));
  assert.equal(new Set(secrets).size, secrets.length);
  // 43 digits in base62 are 256 bits; each digit but the first takes every value.
  for (let at = 1; at < 43; at += 1) {
    assert.equal(new Set(secrets.map((secret) => secret[at])).size, 62, `digit ${at}`);
  }
});

/** Texts on which a pattern with nested repetition takes for ever: length doubles nothing here. */
const runaway = [
  `${'a'.repeat(60_000)}@`,
  `${'a.'.repeat(30_000)}@${'b-'.repeat(200)}`,
  `${'a@'.repeat(30_000)}`,
  `a@${'b.'.repeat(30_000)}`,
  `"${'\\"'.repeat(30_000)}"@example.com`,
  '0'.repeat(60_000),
  `+${'33 '.repeat(20_000)}`,
  `(${'(0)'.repeat(20_000)}`,
  `06${'-.'.repeat(30_000)}x`,
  `${' '.repeat(60_000)}x`,
  `${'\t\n'.repeat(30_000)}0`,
];

test('a text on which a pattern could run away is read or kept like any other (security 14)', async () => {
  for (const [at, text] of runaway.entries()) {
    for (const field of ['email', 'telephone', 'nom', 'createdAt', 'code_postal', 'consent']) {
      const lead = { externalId: `${at} ${field}`, nom: 'Dupont', [field]: text };
      const reply = await postJson(server.url, 'site', token, lead);
      assert.equal(reply.status, 200, `${field}: ${text.slice(0, 20)} ${reply.text}`);
    }
  }
});

test('the Client API gives hostile text as it was typed, and as JSON alone (security 8, 9)', async () => {
  const key = (await server.key('Promoteur Y')).text;
  const commentaire = '=HYPERLINK("http://x") <script>alert(1)</script>\u202e';
  const lead = { nom: 'Martin', email: 'martin@example.com', commentaire };
  assert.equal((await postJson(server.url, 'site', token, lead)).status, 200);
  const reply = await server.send(key, { operation: 'readContacts' });
  assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
  const found = contactsOf(reply).find(({ prospect_nom }) => prospect_nom === 'Martin');
  assert.equal(found?.action_commentaire, commentaire);
});
