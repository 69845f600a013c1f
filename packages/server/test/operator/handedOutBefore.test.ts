import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { PULLED, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { whileActionWaits } from '../support/jobs.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { crossing, untilWaiting } from '../support/waiting.ts';

const CALL_BACK = 4;
const pull = { operation: 'pullContacts' };

let server: TestServer;
let operator: SignedIn;
before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());

/** A CRM database of two contacts, of which a client has received the first, and another client. */
async function received() {
  const database = await server.create();
  const crm = queueCrm(2);
  crm.statuts?.push({ id: CALL_BACK, designation: 'À rappeler' });
  await loadInto(database, crm);
  const first = await server.key('Promoteur X', { database });
  assert.deepEqual(idsOf(await server.send(first.text, { ...pull, limit: 1 })), [1]);
  const { id } = await operator.call('createClient', { nom: 'Promoteur Y' }, at(database));
  const { items } = await operator.call('listClients', {}, at(database));
  const own = items.find(({ nom }) => nom === 'Promoteur X')?.id ?? 0;
  return { database, first, own, other: id };
}

const key = (clientId: number, readyStatutId: number, pulledStatutId: number) => ({
  ...{ clientId, regionIds: null, readyStatutId, pulledStatutId },
});

/** Why a key is not made. */
const notMade = (database: CrmDatabase, mapping: ReturnType<typeof key>) =>
  operator.call('createKey', mapping, { ...at(database), expect: 'invalid_parameter' });

const at = ({ nom }: CrmDatabase) => ({ database: nom });

const setAside = (database: CrmDatabase) =>
  operator.call(
    'changeStatut',
    { actions: [{ id: 1, version: 2 }], statutId: CALL_BACK, reason: 'did not answer' },
    at(database),
  );

test('a key pulls from no statut in which contacts are that another client has received', async () => {
  const { database, own, other } = await received();
  const refused = (mapping: ReturnType<typeof key>) => notMade(database, mapping);
  // Ready and pulled statut taken for each other: what was handed out, and what will be.
  assert.match(await refused(key(other, PULLED, QUALIFY)), /readyStatutId/);
  assert.match(await refused(key(other, QUALIFY, READY)), /pulledStatutId/);

  assert.equal((await setAside(database)).changes[0]?.outcome, 'changed');
  assert.match(await refused(key(other, CALL_BACK, PULLED)), /readyStatutId/);
  const { id } = await operator.call('createKey', key(other, READY, PULLED), at(database));
  for (const readyStatutId of [CALL_BACK, PULLED]) {
    const change = { id, readyStatutId, pulledStatutId: QUALIFY };
    await operator.call('updateKey', change, { ...at(database), expect: 'invalid_parameter' });
  }
  await operator.call('updateKey', { id, regionIds: [30] }, at(database));
  // Its own client may pull anew what it has.
  const again = await operator.call('createKey', key(own, CALL_BACK, PULLED), at(database));
  assert.deepEqual(idsOf(await server.send(again.key, pull)), [1]);
});

test('a statut that nobody pulls into any more can be pulled from', async () => {
  const { database, first, other } = await received();
  await operator.call('updateKey', { id: first.id, pulledStatutId: CALL_BACK }, at(database));
  const { items } = await operator.call('listPulls', {}, at(database));
  const pullId = items[0]?.pull_id ?? '';
  await operator.call('releasePull', { pullId, reason: 'a mistake' }, at(database));
  await operator.call('createKey', key(other, PULLED, QUALIFY), at(database));
  await operator.call('revokeKey', { id: first.id }, at(database));
  await operator.call('createKey', key(other, CALL_BACK, READY), at(database));
});

test('a key that is made while a contact that was received is set aside sees it there', async () => {
  const { database, other } = await received();
  const [changed, told] = await crossing(
    database.db,
    sql`select from statut where id = ${CALL_BACK} for update`,
    () => setAside(database),
    () => notMade(database, key(other, CALL_BACK, QUALIFY)),
  );
  assert.equal(changed.changes[0]?.outcome, 'changed');
  assert.match(told, /readyStatutId/);
});

test('what was pulled is not made ready by a change that waited while a key of that statut was made', async () => {
  const { database } = await received();
  let change: ReturnType<typeof setAside> | undefined;
  let second = '';
  await whileActionWaits(database, 1, async () => {
    change = setAside(database);
    await untilWaiting(database.db);
    const mapping = { database, id_statut_ready: CALL_BACK };
    second = (await server.key('Promoteur Y', mapping)).text;
  });
  const told = (await change)?.changes[0];
  assert.equal(told?.outcome, 'refused');
  assert.match(told?.problem ?? '', /pulled by "Promoteur X".*release that pull/);
  assert.deepEqual(idsOf(await server.send(second, pull)), []);
});
