import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { lockKey } from '../../src/store/keys.ts';
import { auditOf } from '../support/audit.ts';
import { PULLED, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, idsOf, serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

const mapping = { regionIds: [30], readyStatutId: READY, pulledStatutId: PULLED };

test('a key that the console creates works at once, and its text is shown that once', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const client = await call('createClient', { nom: 'Promoteur X' });
  const { id, key } = await call('createKey', {
    clientId: client.id,
    ...mapping,
    operations: ['readContacts', 'readContacts'],
    ipRanges: ['127.0.0.1', '10.1.2.3/8', '::1'],
    expiresAt: '2999-01-01T00:00:00+01:00',
  });
  const read = await server.send(key, { operation: 'readContacts' });
  assert.equal(contactsOf(read)[0]?.prospect_nom, 'Dupont');
  assert.equal((await server.send(key, { operation: 'getRegions' })).status, 403);

  const { items } = await call('listKeys', { clientId: client.id });
  assert.equal(items.length, 1);
  assert.deepEqual(items[0]?.regions, [{ id: 30, nom: 'Occitanie' }]);
  assert.deepEqual(items[0]?.operations, ['readContacts']);
  assert.deepEqual(items[0]?.ip_ranges, ['127.0.0.1/32', '10.0.0.0/8', '::1/128']);
  assert.equal(items[0]?.expires_at, '2998-12-31T23:00:00.000Z');
  assert.deepEqual((await call('listKeys', { clientId: client.id + 1 })).items, []);
  const stored = JSON.stringify([items, await auditOf(server.main.db, `key:${id}`)]);
  assert.ok(!stored.includes(key.slice(-49)), 'the secret is nowhere');
});

test('a key is refused for what does not exist or makes no sense', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const { id: clientId } = await call('createClient', { nom: 'Promoteur X' });
  const order = { clientId, ...mapping };
  const missing = { expect: 'record_not_found' } as const;
  assert.match(await call('createKey', { ...order, clientId: 99 }, missing), /client/);
  assert.match(await call('createKey', { ...order, regionIds: [30, 31] }, missing), /region/);
  assert.match(await call('createKey', { ...order, readyStatutId: 99 }, missing), /statut/);
  const wrong = { expect: 'invalid_parameter' } as const;
  const faults: [string, object][] = [
    ['pulledStatutId', { pulledStatutId: READY }],
    ['regionIds', { regionIds: [] }],
    ['operations', { operations: ['pull'] }],
    ['operations', { operations: [] }],
    ['ipRanges', { ipRanges: ['10.0.0.0/33'] }],
    ['expiresAt', { expiresAt: '2020-01-01T00:00:00Z' }],
    ['expiresAt', { expiresAt: 'tomorrow' }],
  ];
  for (const [field, fault] of faults) {
    assert.match(await call('createKey', { ...order, ...fault }, wrong), new RegExp(field));
  }
  assert.deepEqual((await call('listKeys')).items, []);
});

test('a changed scope holds from the next request on, and the audit keeps what was', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(10));
  const { call, staff } = await signedIn(server, 'operateur');
  const key = await server.key('Promoteur X', { regions: [30, 62] });
  const other = await server.key('Promoteur X', { regions: [30] });
  const changed = await call('updateKey', { id: key.id, regionIds: [62], operations: null });
  assert.deepEqual(changed.regions, [{ id: 62, nom: 'Région 62' }]);
  const read = await server.send(key.text, { operation: 'readContacts' });
  assert.deepEqual(idsOf(read), [2, 4, 6, 8, 10]);
  const untouched = await server.send(other.text, { operation: 'readContacts' });
  assert.deepEqual(idsOf(untouched), [1, 3, 5, 7, 9]);

  const all = await call('updateKey', {
    id: key.id,
    regionIds: null,
    readyStatutId: QUALIFY,
    ipRanges: ['203.0.113.0/24'],
  });
  assert.deepEqual([all.regions, all.ready_statut_id], [null, QUALIFY]);
  assert.equal((await server.send(key.text, { operation: 'getRegions' })).status, 403);
  assert.deepEqual((await auditOf(server.main.db, `key:${key.id}`)).at(-1), {
    actor: `staff:${staff.id}`,
    act: 'key.update',
    detail: {
      before: {
        ...{ regions: [62], id_statut_ready: READY, id_statut_pulled: PULLED },
        ...{ operations: null, ip_ranges: null, expires_at: null },
      },
      after: {
        ...{ regions: null, id_statut_ready: QUALIFY, id_statut_pulled: PULLED },
        ...{ operations: null, ip_ranges: ['203.0.113.0/24'], expires_at: null },
      },
    },
  });
  // One half of a rule is checked against the other half as it stands.
  const wrong = { expect: 'invalid_parameter' } as const;
  await call('updateKey', { id: key.id, pulledStatutId: QUALIFY }, wrong);
  const missing = { expect: 'record_not_found' } as const;
  await call('updateKey', { id: key.id, regionIds: [99] }, missing);
  await call('updateKey', { id: 'nosuchkey000' }, missing);
  const { items } = await call('listKeys');
  assert.equal(items.find(({ id }) => id === key.id)?.regions, null);
});

test('a change of scope waits for a pull under way', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(4));
  const { call } = await signedIn(server);
  const { id } = await server.key('Promoteur X');
  let change: Promise<unknown> | undefined;
  await server.main.db.transaction().execute(async (trx) => {
    // As a pull holds it.
    await lockKey(trx, id);
    change = call('updateKey', { id, regionIds: [62] });
    await untilWaiting(server.main.db);
    const regions = await sql`select from key_region`.execute(trx);
    assert.equal(regions.rows.length, 0, 'nothing has changed');
  });
  await change;
  assert.equal((await call('listKeys')).items[0]?.regions?.length, 1);
});

test('a rotated key keeps its mapping; the old one goes on for the overlap', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(4));
  const { call } = await signedIn(server, 'operateur');
  const old = await server.key('Promoteur X', {
    regions: [62],
    operations: ['readContacts'],
    ip_ranges: ['127.0.0.0/8'],
    expires_at: new Date('2999-01-01T00:00:00Z'),
  });
  const next = await call('rotateKey', { id: old.id, overlapHours: 24 });
  for (const text of [old.text, next.key]) {
    assert.deepEqual(idsOf(await server.send(text, { operation: 'readContacts' })), [2, 4]);
  }
  const [newer, older] = (await call('listKeys')).items;
  assert.equal(newer?.rotated_from, old.id);
  assert.deepEqual(newer?.operations, ['readContacts']);
  assert.deepEqual(newer?.ip_ranges, ['127.0.0.0/8']);
  assert.equal(newer?.expires_at, '2999-01-01T00:00:00.000Z');
  assert.ok(Date.parse(older?.expires_at ?? '') <= Date.now() + 24 * 3600_000);
  await call('rotateKey', { id: old.id, overlapHours: 721 }, { expect: 'invalid_parameter' });
  await call('rotateKey', { id: 'nosuchkey000', overlapHours: 0 }, { expect: 'record_not_found' });

  const last = await call('rotateKey', { id: next.id, overlapHours: 0 });
  const ended = await server.send(next.key, { operation: 'getRegions' });
  assert.equal(ended.headers.get('error-code'), 'api_key_expired');
  // Its mapping would come to life again.
  const meanwhile = { expect: 'changed_meanwhile' } as const;
  assert.match(await call('rotateKey', { id: next.id, overlapHours: 1 }, meanwhile), /expired/);
  await call('revokeKey', { id: last.id });
  assert.match(await call('rotateKey', { id: last.id, overlapHours: 1 }, meanwhile), /revoked/);
});

test('a rotated key ends when its rotation says', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(1));
  const { call } = await signedIn(server);
  const old = await server.key('Promoteur X', { expires_at: new Date(Date.now() + 60_000) });
  const rotated = async (expiresAt: string | null) => {
    const { id } = await call('rotateKey', { id: old.id, overlapHours: 24, expiresAt });
    return (await call('listKeys')).items.find((key) => key.id === id)?.expires_at;
  };
  assert.equal(await rotated(null), null);
  // The overlap of the first rotation is no end of a second one.
  assert.equal(await rotated('2999-01-01T00:00:00.000Z'), '2999-01-01T00:00:00.000Z');
  const past = { id: old.id, overlapHours: 24, expiresAt: '2020-01-01T00:00:00Z' };
  await call('rotateKey', past, { expect: 'invalid_parameter' });
  const { items } = await call('listAudit', { scope: 'database', act: 'key.rotate' });
  assert.deepEqual(
    items.map(({ detail }) => detail?.expires_at),
    ['2999-01-01T00:00:00.000Z', null],
  );
});

test('a key that is rotated again while it goes on hands down its own end, not that of its overlap', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(1));
  const { call } = await signedIn(server, 'operateur');
  for (const expires of [null, '2999-01-01T00:00:00.000Z']) {
    const old = await server.key('Promoteur X', { expires_at: expires ? new Date(expires) : null });
    const lost = await call('rotateKey', { id: old.id, overlapHours: 24 });
    await call('revokeKey', { id: lost.id });
    const again = await call('rotateKey', { id: old.id, overlapHours: 24 });
    await call('rotateKey', { id: again.id, overlapHours: 24 });
    const last = await call('rotateKey', { id: old.id, overlapHours: 24 });
    const ends = (await call('listKeys')).items.find(({ id }) => id === last.id)?.expires_at;
    assert.equal(ends, expires);
  }
});

test('an overlap makes no key live longer, and a key of all regions stays one', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(1));
  const { call } = await signedIn(server, 'operateur');
  const expires = new Date(Date.now() + 3600_000);
  const { id } = await server.key('Promoteur X', { expires_at: expires });
  const next = await call('rotateKey', { id, overlapHours: 24 });
  const old = (await call('listKeys')).items.find((key) => key.id === id);
  assert.equal(old?.expires_at, expires.toISOString());
  assert.deepEqual(idsOf(await server.send(next.key, { operation: 'readContacts' })), [1]);
});

test('a revoked key is refused from then on, and can not be changed back to life', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(4));
  const { call } = await signedIn(server, 'operateur');
  const key = await server.key('Promoteur X');
  const revoked = await call('revokeKey', { id: key.id });
  assert.equal(revoked.state, 'revoked');
  const reply = await server.send(key.text, { operation: 'pullContacts' });
  assert.equal(reply.headers.get('error-code'), 'api_key_revoked');
  assert.deepEqual(await call('revokeKey', { id: key.id }), revoked);
  await call('updateKey', { id: key.id, expiresAt: null }, { expect: 'changed_meanwhile' });
  await call('revokeKey', { id: 'nosuchkey000' }, { expect: 'record_not_found' });
});

test('trying a key shows what the client would get, changes nothing, and is audited', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call, staff } = await signedIn(server, 'lecture');
  const key = await server.key('Promoteur X', { regions: [30] });
  const tried = await call('tryKey', { id: key.id });
  const [first] = contactsOf(await server.send(key.text, { operation: 'readContacts' }));
  assert.deepEqual(tried, { ready: 1, more: false, oldest: first, problems: [] });
  assert.deepEqual(await auditOf(server.main.db, 'operation:tryKey'), [
    { actor: `staff:${staff.id}`, act: 'person.read', detail: { prospects: [5002] } },
  ]);
  assert.equal((await server.main.db.selectFrom('pull').selectAll().execute()).length, 0);
});

test('trying a key tells why its pulls would be empty', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const problems = async (change: Parameters<typeof server.key>[1]) => {
    const { id } = await server.key('Promoteur X', change);
    const tried = await call('tryKey', { id });
    return tried.problems.map(({ code }) => code);
  };
  assert.deepEqual(await problems({ regions: [62] }), ['regions_empty']);
  assert.deepEqual(await problems({ id_statut_ready: QUALIFY }), ['statut_empty']);
  assert.deepEqual(await problems({ regions: [] }), ['no_region']);
  assert.deepEqual(await problems({ operations: ['readContacts'] }), ['pull_not_allowed']);
  assert.deepEqual(await problems({ expires_at: new Date(0) }), ['key_expired']);
  const revoked = await server.key('Promoteur X');
  await call('revokeKey', { id: revoked.id });
  const tried = await call('tryKey', { id: revoked.id });
  assert.deepEqual(
    tried.problems.map(({ code }) => code),
    ['key_revoked'],
  );
  await call('tryKey', { id: 'nosuchkey000' }, { expect: 'record_not_found' });
});

test('more than a thousand ready contacts are told as more', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(1001));
  const { call } = await signedIn(server);
  const { id } = await server.key('Promoteur X');
  const { ready, more } = await call('tryKey', { id });
  assert.deepEqual([ready, more], [1000, true]);
});
