import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { writeAudit } from '../../src/store/audit.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

const scope = 'database' as const;

test('the audit is read newest first, page by page, with the names of who and what', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call, staff } = await signedIn(server, 'admin');
  const client = await call('createClient', { nom: 'Promoteur X' });
  const key = await server.key('Promoteur X', { regions: [30] });
  await server.send(key.text, { operation: 'pullContacts' });
  const [pull] = await server.main.db.selectFrom('pull').select('pull.id').execute();
  await server.send(key.text, { operation: 'releasePull', pullId: pull?.id, reason: 'twice' });
  await call('saveRegion', { id: 30, nom: 'Sud' });
  await call('saveDesignation', { list: 'statuts', id: 1, designation: 'À voir' });

  const { items, total, more, next } = await call('listAudit', { scope });
  const told = items.map((entry) => [
    entry.actor_nom ?? entry.actor,
    entry.act,
    entry.target_nom ?? entry.target,
  ]);
  assert.deepEqual(told, [
    [staff.nom, 'statut.rename', 'À voir'],
    [staff.nom, 'region.rename', 'Sud'],
    ['Promoteur X', 'pull.release', 'Promoteur X n° 1'],
    ['command:test', 'key.create', 'Promoteur X'],
    [staff.nom, 'client.create', 'Promoteur X'],
  ]);
  assert.deepEqual([total, more, next], [5, false, null]);
  assert.equal(items.at(-1)?.target, `client:${client.id}`);

  const paged: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await call('listAudit', { scope, limit: 2, ...(cursor ? { cursor } : {}) });
    assert.equal(page.total, 5);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor);
  assert.deepEqual(
    paged,
    items.map(({ id }) => id),
  );
});

test('the audit is filtered by who, what, to what and when', async (t) => {
  const server = await serverFor(t);
  const { call } = await signedIn(server, 'dpo');
  const entry = (number: number) =>
    writeAudit(server.main.db, {
      actor: number % 2 ? 'staff:1' : 'command:key',
      act: number % 3 ? 'key.update' : 'key.revoke',
      target: `key:${number}`,
      detail: { number },
    });
  for (let number = 1; number <= 6; number += 1) await entry(number);
  await sql`update audit set at = timestamptz '2026-01-01' + id * interval '1 day'`.execute(
    server.main.db,
  );
  const numbers = async (filter: object) =>
    (await call('listAudit', { scope, ...filter })).items.map(({ detail }) => detail.number);
  assert.deepEqual(await numbers({}), [6, 5, 4, 3, 2, 1]);
  assert.deepEqual(await numbers({ actor: 'staff:1' }), [5, 3, 1]);
  assert.deepEqual(await numbers({ act: 'key.revoke' }), [6, 3]);
  assert.deepEqual(await numbers({ target: 'key:4' }), [4]);
  assert.deepEqual(await numbers({ actor: 'staff:1', act: 'key.update' }), [5, 1]);
  const day = (number: number) => `2026-01-0${1 + number}T01:00:00+01:00`;
  assert.deepEqual(await numbers({ from: day(2), to: day(4) }), [3, 2]);
  assert.equal((await call('listAudit', { scope, act: 'key.revoke', limit: 1 })).total, 2);
  const wrong = { expect: 'invalid_parameter' } as const;
  assert.match(await call('listAudit', { scope, cursor: 'elsewhere' }, wrong), /"next"/);
  assert.match(await call('listAudit', { scope, from: 'yesterday' }, wrong), /"from"/);
  await call('listAudit', { scope: 'all' as typeof scope }, wrong);
});

test('the audit of the installation is its own, and hostile text in it stays text', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server, 'admin');
  const target = `staff:${staff.id}`;
  const detail = { nom: '<script>alert(1)</script>', __proto: 'x' };
  await server.databases.catalog
    .insertInto('audit')
    .values({ actor: target, act: 'staff.update', target, detail: JSON.stringify(detail) })
    .execute();
  assert.deepEqual((await call('listAudit', { scope })).items, []);
  const { items } = await call('listAudit', { scope: 'installation', act: 'staff.update' });
  assert.deepEqual(
    items.map((entry) => [entry.actor_nom, entry.target_nom, entry.detail]),
    [[staff.nom, staff.nom, detail]],
  );
});

test('the audit is for admin and dpo alone', async (t) => {
  const server = await serverFor(t);
  for (const role of ['operateur', 'lecture'] as const) {
    const { call } = await signedIn(server, role);
    await call('listAudit', { scope }, { expect: 'role_not_allowed' });
  }
});
