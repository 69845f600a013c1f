import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { type Browser, download, ended, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let admin: SignedIn;
let dpo: SignedIn;
let database: CrmDatabase;
let at: { database: string };

before(async () => {
  server = await freshServer();
  admin = await signedIn(server, 'admin');
  dpo = await signedIn(server, 'dpo');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  at = { database: database.nom };
});

const scope = 'database' as const;
const reason = 'asked by telephone';
const browserOf = ({ cookie }: SignedIn): Browser => ({ url: server.url, cookie });

/** The entries of a person, oldest first: by whom, what, and of what it tells. */
async function seen(prospectId: number, filter: object = {}) {
  const { items } = await dpo.call('listAudit', { scope, prospectId, ...filter }, at);
  return items.map(({ actor, act, target }) => [actor, act, target]).reverse();
}
const by = ({ staff }: SignedIn, act: string, target: string) => [`staff:${staff.id}`, act, target];

test('who saw a person is found by person: on their page, in a list, in a pull, by a key', async () => {
  await loadInto(database, queueCrm(3));
  const reader = await signedIn(server, 'lecture');
  await reader.call('getProspect', { prospectId: 2 }, at);
  await reader.call('searchContacts', {}, at);
  await reader.call('searchContacts', { search: 'Nom 1' }, at);
  const key = await server.key('Promoteur X', { database, regions: [62] });
  await admin.call('tryKey', { id: key.id }, at);
  const pull = await server.send(key.text, { operation: 'pullContacts' });
  const pullId = pull.headers.get('pull-id') ?? '';
  await reader.call('getPull', { pullId }, at);
  const read = (staff: SignedIn, operation: string) =>
    by(staff, 'person.read', `operation:${operation}`);
  assert.deepEqual(await seen(2), [
    read(reader, 'getProspect'),
    read(reader, 'searchContacts'),
    read(admin, 'tryKey'),
    read(reader, 'getPull'),
  ]);
  assert.deepEqual(await seen(1), [read(reader, 'searchContacts'), read(reader, 'searchContacts')]);
  assert.deepEqual(await seen(3), [read(reader, 'searchContacts')]);
  assert.deepEqual(await seen(77), []);
});

test('who changed what is known of a person, or where they stand, is found by person', async () => {
  await loadInto(database, queueCrm(4));
  const change = (id: number) => ({ actions: [{ id, version: 1 }], statutId: QUALIFY, reason });
  await admin.call('changeStatut', change(1), at);
  await admin.call('changeStatut', change(2), at);
  const all = { regionIds: [30], statutId: READY, reason };
  const { job_id } = await admin.call('changeStatuts', all, at);
  await ended(admin, job_id, database.nom);
  await admin.call('correctProspect', { prospectId: 1, ville: 'Nice', reason }, at);
  const key = await server.key('Promoteur X', { database, regions: [30] });
  const pull = await server.send(key.text, { operation: 'pullContacts' });
  const pullId = pull.headers.get('pull-id') ?? '';
  await admin.call('releasePull', { pullId, reason }, at);
  assert.deepEqual(await seen(1), [
    by(admin, 'action.statut', `statut:${QUALIFY}`),
    by(admin, 'action.statut', `statut:${READY}`),
    by(admin, 'prospect.correct', 'prospect:1'),
    by(admin, 'pull.release', `pull:${pullId}`),
  ]);
  assert.deepEqual(await seen(2), [by(admin, 'action.statut', `statut:${QUALIFY}`)]);
  assert.deepEqual(await seen(3), [by(admin, 'pull.release', `pull:${pullId}`)]);
  assert.deepEqual(await seen(4), []);
});

test('who saw a lead while it waited is found by its person, once it has one', async () => {
  await loadInto(database, publishedCrm());
  const source = `site-${database.nom}`;
  const token = await makeSource(server, source, 'json', { database });
  const lead = { nom: 'Martin', telephone: '06 12 00 00 01', programme: 'Ailleurs' };
  await postJson(server.url, source, token, lead);
  await postJson(server.url, source, token, { ...lead, telephone: '06 12 00 00 02' });
  const [waiting, away] = (await admin.call('listQuarantine', {}, at)).items;
  assert.ok(waiting && away);
  await admin.call('getLead', { id: away.id }, at);
  await admin.call('discardLead', { ids: [away.id], reason }, at);
  const reader = await signedIn(server, 'lecture');
  await reader.call('getLead', { id: waiting.id }, at);
  const correction = { id: waiting.id, programmeId: 145 };
  const { prospect_id } = await admin.call('releaseLead', correction, at);
  assert.ok(prospect_id);
  assert.deepEqual(await seen(prospect_id), [
    by(admin, 'person.read', 'operation:listQuarantine'),
    by(reader, 'person.read', 'operation:getLead'),
    by(admin, 'lead.release', `lead:${waiting.id}`),
    by(admin, 'person.read', 'operation:releaseLead'),
  ]);
  assert.deepEqual(await seen(5002), []);
});

test('an export, and each who downloads it, are found by each person that it holds', async () => {
  await loadInto(database, queueCrm(450));
  // What an export had noted before it was broken off: it begins anew.
  await sql`insert into exported (id_job, prospects) values (1, '{2}')`.execute(database.db);
  const operator = await signedIn(server, 'operateur');
  const asked = { format: 'csv' as const, regionIds: [30] };
  const { job_id } = await operator.call('exportContacts', asked, at);
  assert.equal(job_id, 1);
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.counts.persons, 225);
  await download(browserOf(admin), job, database.nom);
  const told = [
    by(operator, 'contacts.export', `job:${job_id}`),
    by(admin, 'file.download', `job:${job_id}`),
  ];
  for (const held of [1, 401, 449]) assert.deepEqual(await seen(held), told);
  for (const missed of [2, 450]) assert.deepEqual(await seen(missed), []);
});

test('who imported a person is found by person, and who downloaded the rows that waited', async () => {
  await loadInto(database, publishedCrm());
  const source = `salon-${database.nom}`;
  await makeSource(server, source, 'file', { database });
  const sheet = 'nom;telephone;programme\nDurand;0611223344;145\nMartin;0655667788;Ailleurs';
  const fileId = await upload(browserOf(admin), sheet, { name: 'salon.csv', ...at });
  const known = await admin.call('previewImport', { source, fileId }, at);
  assert.equal(known.items.length, 2);
  const started = await admin.call('startImport', { source, fileId }, at);
  const job = await ended(admin, started.job_id, database.nom);
  await download(browserOf(admin), job, database.nom);
  const [waiting] = (await admin.call('listQuarantine', {}, at)).items;
  const correction = { id: waiting?.id ?? 0, programmeId: 145 };
  const { prospect_id: martin } = await admin.call('releaseLead', correction, at);
  const { items } = await admin.call('searchContacts', { search: 'Durand' }, at);
  const begun = by(admin, 'import.begin', `import:${started.import_id}`);
  assert.deepEqual(await seen(items[0]?.prospect_id ?? 0), [
    begun,
    by(admin, 'person.read', 'operation:searchContacts'),
  ]);
  assert.deepEqual(await seen(martin ?? 0), [
    begun,
    by(admin, 'file.download', `job:${started.job_id}`),
    by(admin, 'person.read', 'operation:listQuarantine'),
    by(admin, 'lead.release', `lead:${waiting?.id}`),
    by(admin, 'person.read', 'operation:releaseLead'),
  ]);
});

test('who has seen an erased person is found as before, with who erased them', async () => {
  await loadInto(database, queueCrm(2));
  await admin.call('searchContacts', {}, at);
  const change = { actions: [{ id: 1, version: 1 }], statutId: QUALIFY, reason };
  await admin.call('changeStatut', change, at);
  const { job_id } = await admin.call('exportContacts', { format: 'csv' }, at);
  await ended(admin, job_id, database.nom);
  const before = await seen(1);
  assert.equal(before.length, 3);
  await dpo.call('eraseProspect', { prospectId: 1, reason }, at);
  await admin.call('getProspect', { prospectId: 1 }, at);
  assert.deepEqual(await seen(1), [
    ...before,
    by(dpo, 'prospect.erase', 'prospect:1'),
    by(admin, 'person.read', 'operation:getProspect'),
  ]);
});

test('the entries of a person are paged newest first, and narrowed as all others', async () => {
  await loadInto(database, queueCrm(2));
  for (let times = 0; times < 3; times += 1) {
    await admin.call('getProspect', { prospectId: 1 }, at);
    await dpo.call('searchContacts', {}, at);
    await admin.call('getProspect', { prospectId: 2 }, at);
  }
  const asked = { scope, prospectId: 1 };
  const whole = await dpo.call('listAudit', asked, at);
  assert.deepEqual([whole.items.length, whole.total, whole.more], [6, 6, false]);
  const ids = whole.items.map(({ id }) => id);
  assert.deepEqual(
    ids,
    ids.toSorted((one, other) => other - one),
  );
  const paged: number[] = [];
  let cursor: string | undefined;
  do {
    const more = { limit: 4, ...(cursor && { cursor }) };
    const page = await dpo.call('listAudit', { ...asked, ...more }, at);
    assert.equal(page.total, 6);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.next ?? undefined;
  } while (cursor);
  assert.deepEqual(paged, ids);
  const own = await seen(1, { actor: `staff:${admin.staff.id}` });
  assert.deepEqual(own, Array(3).fill(by(admin, 'person.read', 'operation:getProspect')));
  assert.deepEqual(await seen(1, { act: 'prospect.correct' }), []);
  assert.deepEqual(await seen(1, { to: '2020-01-01T00:00:00Z' }), []);
});

test('a number of something else is not taken for that of a person', async () => {
  await loadInto(database, queueCrm(3));
  // The actions of the person 3 are 1 and 3: neither is a person of that number.
  await sql`update action set id_prospect = 3 where id = 1`.execute(database.db);
  const change = { actions: [{ id: 1, version: 1 }], statutId: QUALIFY, reason };
  await admin.call('changeStatut', change, at);
  assert.deepEqual(await seen(1), []);
  assert.deepEqual(await seen(3), [by(admin, 'action.statut', `statut:${QUALIFY}`)]);
});

test('the audit of the installation is not asked for a person', async () => {
  const sentence = await dpo.call(
    'listAudit',
    { scope: 'installation', prospectId: 1 },
    { ...at, expect: 'invalid_parameter' },
  );
  assert.match(sentence, /"prospectId": persons are in the audit of a CRM database/);
  await dpo.call('listAudit', { scope, prospectId: 0 }, { ...at, expect: 'invalid_parameter' });
});
