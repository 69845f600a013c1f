import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { issueToken } from '../../src/keys/sourceToken.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import { freshServer, type Reply, type TestServer } from '../support/server.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
let key: string;
let token: string;
before(async () => {
  // Callers say where they are: each test has an address of its own.
  server = await freshServer({ RELAIS_TRUSTED_PROXIES: '127.0.0.1' });
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  token = await makeSource(server, 'site', 'json', { id_programme: 145 });
});
after(() => server.close());

const body = '{"email":"pace@example.com"}';
const send = (source: string, shown: string, address: string) =>
  knock(server.url, source, {
    headers: { 'x-source-token': shown, 'x-forwarded-for': address },
    body,
  });
const sendForm = (source: string, shown: string, address: string) =>
  knock(server.url, source, {
    headers: { 'x-forwarded-for': address },
    body: new URLSearchParams({ token: shown, email: 'pace@example.com' }),
  });

function assertSlowed(reply: Reply, sentence: string): void {
  assertRefused(reply, 429, 'rate_limited', sentence);
  const wait = Number(reply.headers.get('retry-after'));
  assert.ok(wait >= 1 && wait <= 60, String(wait));
}

test('the eleventh guess of a minute is answered 429, at every channel and by any source', async () => {
  const guesses = [
    () => send('site', issueToken().text, '192.0.2.1'),
    () => send('nobody', token, '192.0.2.1'),
    () => sendForm('landing', issueToken().text, '192.0.2.1'),
  ];
  await makeSource(server, 'landing', 'form', { id_programme: 145 });
  for (let count = 0; count < 10; count += 1) {
    const guess = guesses[count % guesses.length];
    if (guess) assertRefused(await guess(), 401, 'invalid_source_token');
  }
  for (const guess of guesses) assertSlowed(await guess(), 'Too many failed attempts.');
});

test('a right token comes in while another address guesses, and from the same address', async () => {
  for (let count = 0; count < 11; count += 1) await send('site', 'x', '192.0.2.2');
  assertSlowed(await send('site', 'x', '192.0.2.2'), 'Too many failed attempts.');
  // The platforms send for everyone: who guesses through them must not shut out the others.
  for (const address of ['192.0.2.3', '192.0.2.2']) {
    assert.equal((await send('site', token, address)).status, 200);
  }
});

test('guesses at the intake are slowed together with those at the Client API', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.4' };
  for (let count = 0; count < 10; count += 1) await server.send('x', {}, headers);
  assertSlowed(await send('site', 'x', '192.0.2.4'), 'Too many failed attempts.');
});

const TOO_FAST = 'This source sends too many leads at once.';

test('a source that sends faster than it may is slowed alone, and pulls go on', async () => {
  const fast = await makeSource(server, 'fast', 'json', { id_programme: 145, rate_limit: 3 });
  for (const left of [2, 1, 0]) {
    const reply = await send('fast', fast, '192.0.2.5');
    assert.equal(reply.status, 200);
    assert.equal(reply.headers.get('ratelimit-policy'), '"source";q=3;w=60');
    assert.match(reply.headers.get('ratelimit') ?? '', new RegExp(`^"source";r=${left};t=\\d+$`));
  }
  // From whatever address: what counts is the source.
  for (const address of ['192.0.2.5', '192.0.2.6']) {
    const reply = await send('fast', fast, address);
    assertSlowed(reply, TOO_FAST);
    assert.match(reply.headers.get('ratelimit') ?? '', /^"source";r=0;t=\d+$/);
  }
  const other = await send('site', token, '192.0.2.5');
  assert.equal(other.status, 200);
  assert.equal(other.headers.get('ratelimit-policy'), '"source";q=1000000;w=60');
  assert.equal((await server.send(key, { operation: 'pullContacts' })).status, 200);
});

test('what only guesses at a source uses nothing of its rate', async () => {
  const shown = await makeSource(server, 'guessed', 'json', { id_programme: 145, rate_limit: 1 });
  for (let count = 0; count < 3; count += 1) await send('guessed', token, '192.0.2.7');
  assert.equal((await send('guessed', shown, '192.0.2.7')).status, 200);
});

test('an address sends twenty forms a minute to a source, and hinders no other visitor', async () => {
  const busy = await makeSource(server, 'busy', 'form', { id_programme: 145 });
  const quiet = await makeSource(server, 'quiet', 'form', { id_programme: 145 });
  for (let count = 0; count < 20; count += 1) {
    assert.equal((await sendForm('busy', busy, '192.0.2.8')).status, 200);
  }
  assertSlowed(await sendForm('busy', busy, '192.0.2.8'), 'Too many forms from this address.');
  assert.equal((await sendForm('busy', busy, '192.0.2.9')).status, 200);
  assert.equal((await sendForm('quiet', quiet, '192.0.2.8')).status, 200);
});

test('a visitor with a network of IPv6 addresses sends twenty forms a minute too', async () => {
  const shown = await makeSource(server, 'visited', 'form', { id_programme: 145 });
  for (let count = 1; count <= 20; count += 1) {
    assert.equal((await sendForm('visited', shown, `2001:db8:1:2::${count}`)).status, 200);
  }
  const next = await sendForm('visited', shown, '2001:db8:1:2:3::1');
  assertSlowed(next, 'Too many forms from this address.');
  assert.equal((await sendForm('visited', shown, '2001:db8:1:3::1')).status, 200);
});

test('a form source has a rate too, whatever the addresses', async () => {
  const rare = await makeSource(server, 'rare', 'form', { id_programme: 145, rate_limit: 1 });
  assert.equal((await sendForm('rare', rare, '192.0.2.10')).status, 200);
  assertSlowed(await sendForm('rare', rare, '192.0.2.11'), TOO_FAST);
});

for (const [table, what] of [
  ['source', 'that only ask for their source'],
  ['lead', 'that are being stored'],
] as const) {
  test(`however many leads are under way ${what}, pulls find a connection`, async () => {
    const flood = await server.main.db.transaction().execute(async (trx) => {
      await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
      const sent = Array.from({ length: 60 }, () => send('site', token, '192.0.2.12'));
      await untilWaiting(server.main.db, 3);
      for (let count = 0; count < 3; count += 1) {
        const pulled = await server.send(key, { operation: 'pullContacts' });
        assert.equal(pulled.status, 200, pulled.text);
      }
      return { sent };
    });
    for (const { status } of await Promise.all(flood.sent)) assert.ok([200, 503].includes(status));
  });
}

test('leads that wait for a locked programme hold up no other source', async () => {
  const { rows } = await sql<{ id: number }>`
    insert into programme (id_region, nom) values (62, 'Le Clos') returning programme.id`.execute(
    server.main.db,
  );
  const other = await makeSource(server, 'other', 'json', { id_programme: rows[0]?.id ?? 0 });
  const waiting = await server.main.db.transaction().execute(async (trx) => {
    await sql`select from programme where id = 145 for update`.execute(trx);
    // Persons whom nobody knows: what joins an open action waits for no programme.
    const lead = (source: string, shown: string, name: string) =>
      knock(server.url, source, {
        headers: { 'x-source-token': shown, 'x-forwarded-for': '192.0.2.14' },
        body: JSON.stringify({ email: `${name}@example.com` }),
      });
    const held = Array.from({ length: 8 }, (_, index) => lead('site', token, `held${index}`));
    await untilWaiting(server.main.db, 3);
    const spoke = lead('other', other, 'other').then(({ status }) => ['other', status]);
    const first = await Promise.race([spoke, ...held.map((reply) => reply.then(() => ['site']))]);
    assert.deepEqual(first, ['other', 200]);
    return { held };
  });
  for (const { status } of await Promise.all(waiting.held)) assert.ok([200, 503].includes(status));
});

test('a database that is slow holds up its own sources alone, and turns away what is too much', async () => {
  const slow = await server.create('slow');
  await loadInto(slow, publishedCrm());
  const shown = await makeSource(server, 'slow', 'json', { database: slow, id_programme: 145 });
  const sent = await slow.db.transaction().execute(async (trx) => {
    await sql`lock table lead in access exclusive mode`.execute(trx);
    const flood = Array.from({ length: 210 }, () => send('slow', shown, '192.0.2.13'));
    await untilWaiting(slow.db, 3);
    assert.equal((await send('site', token, '192.0.2.13')).status, 200);
    // Three are being stored and two hundred may wait: the first to be answered is one too many.
    const first = await Promise.race(flood);
    assertRefused(first, 503, 'unavailable', 'Too many requests at once.');
    assert.equal(first.headers.get('retry-after'), '1');
    return { flood };
  });
  for (const { status } of await Promise.all(sent.flood)) assert.ok([200, 503].includes(status));
});
