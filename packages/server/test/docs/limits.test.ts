import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientOperations, limits } from '@relais/contract';
import { sql } from 'kysely';
import { languages } from '../../src/docs/languages.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

// The numbers of the documentation come from the contract; here the server is held to them.

const { readContacts, pullContacts, getPulledContacts, releasePull } = clientOperations;
const operation = (name: string, parameters = {}) => ({ operation: name, ...parameters });

let server: TestServer;
let key: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(20));
  key = (await server.key('Promoteur X')).text;
});
after(() => server.close());

/** Pulls two contacts, which then look as if they had been pulled so many hours and seconds ago. */
async function pulledAgo(hours: number, seconds: number, idempotencyKey: string) {
  const reply = await server.send(key, operation('pullContacts', { limit: 2, idempotencyKey }));
  const id = reply.headers.get('pull-id');
  assert.ok(id, reply.text);
  const ago = sql`now() - make_interval(hours => ${hours}, secs => ${seconds})`;
  await sql`update pull set pulled_at = ${ago} where id = ${id}`.execute(server.main.db);
  await sql`update action set pulled_at = ${ago} where id_pull = ${id}`.execute(server.main.db);
  return id;
}

test('the descriptions of the contract name its limits, in both languages', () => {
  for (const { contract } of Object.values(languages)) {
    for (const { name, said } of [
      { name: readContacts, said: limits.contacts.readContacts },
      { name: pullContacts, said: limits.contacts.pullContacts },
      { name: pullContacts, said: limits.idempotencyHours / 24 },
      { name: getPulledContacts, said: limits.contacts.getPulledContacts },
      { name: getPulledContacts, said: limits.pulledHours / 24 },
      { name: getPulledContacts, said: limits.pulledHours },
      { name: releasePull, said: limits.releaseHours },
    ]) {
      assert.match(contract.operation(name).description, new RegExp(`\\b${said}\\b`), name.name);
    }
  }
});

test('a body of the documented size is read, and one byte more is refused', async () => {
  const filled = (bytes: number) => JSON.stringify(operation('getRegions')).padEnd(bytes, ' ');
  assert.equal((await server.send(key, filled(limits.bodyBytes))).status, 200);
  assert.equal((await server.send(key, filled(limits.bodyBytes + 1))).status, 413);
});

test('a pull can be released for as long as documented, and no longer', async () => {
  for (const [seconds, status] of [
    [-60, 200],
    [1, 409],
  ] as const) {
    const pullId = await pulledAgo(
      limits.releaseHours,
      seconds,
      `release ${seconds}`.replace(' ', ''),
    );
    const reply = await server.send(key, operation('releasePull', { pullId, reason: 'test' }));
    assert.equal(reply.status, status, reply.text);
  }
});

test('pulled contacts are listed for as long as documented, and no longer', async () => {
  const within = await pulledAgo(limits.pulledHours, -60, 'within');
  await pulledAgo(limits.pulledHours, 1, 'beyond');
  const listed = contactsOf(await server.send(key, operation('getPulledContacts')));
  const old = listed.filter(({ pull_id }) => pull_id === within);
  assert.equal(old.length, 2);
  assert.ok(listed.every(({ pulled_at }) => pulled_at && pulled_at >= (old[0]?.pulled_at ?? '')));
});

test('a pull can be repeated for as long as documented, and no longer', async () => {
  for (const [seconds, replayed] of [
    [-60, 'true'],
    [1, null],
  ] as const) {
    const idempotencyKey = `repeat${seconds}`;
    await pulledAgo(limits.idempotencyHours, seconds, idempotencyKey);
    const again = await server.send(key, operation('pullContacts', { limit: 2, idempotencyKey }));
    assert.equal(again.headers.get('idempotency-replayed'), replayed);
  }
});
