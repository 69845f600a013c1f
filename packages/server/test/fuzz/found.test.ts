import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { programmeOf, queueCrm } from '../support/crm.ts';
import { get, put } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, type Reply, type TestServer } from '../support/server.ts';
import { post, type SignedIn, signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

/** What the fuzz has found, once each. */
let server: TestServer;
let admin: SignedIn;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, queueCrm(2));
  admin = await signedIn(server);
});
after(() => server.close());

test('a CRM database whose name no database can have is refused by operations and files', async () => {
  for (const database of ['ma\0in', '\0', '\ud800', 'MAIN', 'é', 'a'.repeat(10_000)]) {
    const reply = await post(server.url, admin.cookie, { operation: 'listRegions', database });
    assert.deepEqual([reply.status, reply.code], [400, 'invalid_parameter'], database);
    if (!database.isWellFormed() || database.length > 1_000) continue;
    for (const answer of [
      await put(admin, 'nom\nDupont\n', { database }),
      await get(admin, '00000000-0000-0000-0000-000000000000', { database }),
    ]) {
      assert.equal(answer.headers.get('error-code'), 'invalid_parameter', database);
      await answer.body?.cancel();
    }
  }
});

test('a lead whose programme is moved while it comes in is of the region where that is then', async () => {
  const { db } = server.main;
  const token = await makeSource(server, 'site', 'json', { id_programme: programmeOf(30) });
  let coming: Promise<Reply> | undefined;
  await db.transaction().execute(async (trx) => {
    await sql`update programme set id_region = 62 where id = ${programmeOf(30)}`.execute(trx);
    coming = postJson(server.url, 'site', token, { nom: 'Dupont', email: 'd@example.com' });
    await untilWaiting(db);
  });
  const reply = await coming;
  assert.equal(reply?.status, 200, reply?.text);
  const { action_id, outcome } = JSON.parse(reply?.text ?? '');
  assert.equal(outcome, 'accepted');
  const key = (await server.key('Promoteur X', { regions: [62] })).text;
  const { text } = await server.send(key, { operation: 'readContacts' });
  assert.ok(text.includes(`"action_id":${action_id},`), 'for a key of the other region');
});

test('an id that no key can have is refused by every operation on a key', async () => {
  const operations = [
    { operation: 'tryKey' },
    { operation: 'updateKey' },
    { operation: 'revokeKey' },
    { operation: 'rotateKey', overlapHours: 0 },
  ];
  for (const body of operations) {
    for (const id of ['\0', 'nosuchkey\0\0\0', '\ud800', 'é', 'a'.repeat(10_000), '']) {
      const reply = await post(server.url, admin.cookie, { ...body, id });
      assert.deepEqual([reply.status, reply.code], [400, 'invalid_parameter'], body.operation);
    }
  }
});
