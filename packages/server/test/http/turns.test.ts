import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';
import { whileHeld } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(100));
});
after(() => server.close());

const pull = { operation: 'pullContacts', limit: 1 };

test('a client whose pulls are stuck holds up no other, and is told to come again', async () => {
  const stuck = await server.key('Promoteur bloqué');
  const free = await server.key('Promoteur libre');
  await whileHeld(
    server.main.db,
    sql`select from client where nom = 'Promoteur bloqué' for update`,
    async () => {
      const waiting = Array.from({ length: 12 }, () => server.send(stuck.text, pull));
      for (let count = 0; count < 10; count += 1) {
        assert.equal(contactsOf(await server.send(free.text, pull)).length, 1);
      }
      for (const reply of await Promise.all(waiting)) {
        assert.equal(reply.status, 503);
        assert.equal(reply.headers.get('error-code'), 'unavailable');
        assert.match(reply.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
        assert.deepEqual(Object.keys(JSON.parse(reply.text)), ['valid', 'error']);
      }
    },
  );
  assert.equal(contactsOf(await server.send(stuck.text, pull)).length, 1);
});

test('more pulls at once than have turns are all answered while each is short', async () => {
  const { text } = await server.key('Promoteur pressé');
  const replies = await Promise.all(Array.from({ length: 40 }, () => server.send(text, pull)));
  const ids = replies.flatMap((reply) => contactsOf(reply).map(({ action_id }) => action_id));
  assert.equal(new Set(ids).size, 40);
});

test('rehearsals of a slow answer leave live clients their places', async () => {
  const live = await server.key('Promoteur réel');
  const sandbox = await createSandbox(server, 'sandbox');
  const rehearsing = await server.key('Promoteur à l’essai', { database: sandbox });
  const slow = Array.from({ length: 80 }, () =>
    server.send(rehearsing.text, { operation: 'getRegions', scenario: 'slow' }),
  );
  // What comes first is the refusal of one that is too many: by then the others wait.
  await Promise.race(slow);
  assert.equal(contactsOf(await server.send(live.text, pull)).length, 1);
  const statuses = (await Promise.all(slow)).map(({ status }) => status);
  assert.equal(statuses.filter((status) => status === 200).length, 10);
  assert.equal(statuses.filter((status) => status === 503).length, 70);
});
