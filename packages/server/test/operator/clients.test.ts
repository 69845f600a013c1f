import assert from 'node:assert/strict';
import { test } from 'node:test';
import { actsOn } from '../support/audit.ts';
import { PULLED, publishedCrm, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

const mapping = { regionIds: [30], readyStatutId: READY, pulledStatutId: PULLED };

test('a client is created, renamed and listed, whatever its name holds', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server, 'operateur');
  const nom = `<img src=x onerror=alert(1)> "'; drop table client; -- ${'é'.normalize('NFD')}`;
  const { id } = await call('createClient', { nom: `  ${nom} ` });
  const [client] = (await call('listClients')).items;
  assert.deepEqual([client?.id, client?.nom], [id, nom.normalize('NFC')]);
  assert.match(await call('createClient', { nom }, { expect: 'name_taken' }), /exists already/);

  const other = await call('createClient', { nom: 'Promoteur Y' });
  await call('renameClient', { id: other.id, nom }, { expect: 'name_taken' });
  await call('renameClient', { id: 999, nom: 'Z' }, { expect: 'record_not_found' });
  await call('renameClient', { id: other.id, nom: '   ' }, { expect: 'invalid_parameter' });
  assert.deepEqual(await call('renameClient', { id, nom: 'Promoteur X' }), {
    id,
    nom: 'Promoteur X',
  });
  assert.deepEqual(
    (await call('listClients')).items.map((row) => row.nom),
    ['Promoteur X', 'Promoteur Y'],
  );
  assert.deepEqual(await actsOn(server.main.db, `client:${id}`), [
    `staff:${staff.id} client.create`,
    `staff:${staff.id} client.rename`,
  ]);
});

test('reading is for everyone; clients and keys are changed by admin and operateur alone', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  for (const role of ['lecture', 'dpo'] as const) {
    const { call } = await signedIn(server, role);
    await call('listClients');
    await call('listKeys');
    const refused = { expect: 'role_not_allowed' } as const;
    await call('createClient', { nom: 'X' }, refused);
    await call('renameClient', { id: 1, nom: 'X' }, refused);
    await call('createKey', { clientId: 1, ...mapping }, refused);
    await call('updateKey', { id: 'x' }, refused);
    await call('rotateKey', { id: 'x', overlapHours: 1 }, refused);
    await call('revokeKey', { id: 'x' }, refused);
  }
});

test('a list of clients says what each has pulled and what is ready for it', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(30));
  const { call } = await signedIn(server, 'lecture');
  const own = await server.key('Promoteur X', { regions: [30] });
  // A second key of the same scope counts nothing twice; one that has ended counts nothing.
  await server.key('Promoteur X', { regions: [30] });
  await server.key('Promoteur X', { regions: [62], expires_at: new Date(0) });
  await server.key('Promoteur Y');
  await server.send(own.text, { operation: 'pullContacts', limit: 4 });
  const { items } = await call('listClients');
  const [x, y] = items.map(({ id: _id, created_at: _at, last_pulled_at, ...row }) => ({
    ...row,
    pulled: last_pulled_at !== null,
  }));
  const rest = { ready_more: false };
  assert.deepEqual(x, {
    ...rest,
    ...{ nom: 'Promoteur X', valid_keys: 2, pulled: true, pulls: 1, contacts: 4, ready: 11 },
  });
  assert.deepEqual(y, {
    ...rest,
    ...{ nom: 'Promoteur Y', valid_keys: 1, pulled: false, pulls: 0, contacts: 0, ready: 26 },
  });
});
