import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Contact } from '@relais/contract';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { insertJob } from '../../src/store/jobs.ts';
import { dump } from '../../src/transfer/dump.ts';
import { tablesWith } from '../support/canary.ts';
import { relais } from '../support/command.ts';
import { programmeOf, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { download, ended, upload } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { type Door, makeSource, openDoor } from '../support/intake.ts';
import { contactsOf, freshServer, idsOf, patiently, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let admin: SignedIn;
let dpo: SignedIn;
let database: CrmDatabase;
let at: { database: string };
let files: string;
let door: Door;

before(async () => {
  server = await freshServer();
  admin = await signedIn(server, 'admin');
  dpo = await signedIn(server, 'dpo');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  files = `fichiers-${database.nom}`;
  at = { database: database.nom };
  await loadInto(database, queueCrm(0));
  door = await openDoor(server, database);
  await makeSource(server, files, 'file', { database, id_programme: programmeOf(30) });
});

const reason = 'request of 20 November';
/** Texts that tell who the person is; no other row of the tests has one. */
const CANARIES = ['Zwyckert', 'Ottokarine', '612345678', 'zwyck@', 'piscine', 'Impasse', 'fb-7391'];
const person = {
  nom: 'Zwyckert',
  prenom: 'Ottokarine',
  telephone: '06 12 34 56 78',
  email: 'Zwyck@email.com',
  adresse: '3 Impasse du Four',
  commentaire: 'Avec piscine.',
  fbclid: 'fb-7391',
  consent: true,
};
const other = { nom: 'Durand', prenom: 'Anne', telephone: '06 98 76 54 32', commentaire: 'Merci.' };

const send = (lead: object) => door.send(lead);
const personOf = (lead: object) => door.person(lead);
const erase = (prospectId: number) => dpo.call('eraseProspect', { prospectId, reason }, at);
const pullWith = async (key: string, more: object = {}) => {
  const reply = await patiently(() => server.send(key, { operation: 'pullContacts', ...more }));
  return { reply, id: reply.headers.get('pull-id') ?? '' };
};
async function canariesLeft(): Promise<Record<string, string[]>> {
  const left: Record<string, string[]> = {};
  for (const text of CANARIES) {
    const tables = await tablesWith(database.db, text);
    if (tables.length > 0) left[text] = tables;
  }
  return left;
}

test('nothing in the database tells who an erased person was, whatever held it', async () => {
  const id = await personOf({ ...person, externalId: 'zwyck@email.com' });
  await send({ ...person, programme: String(programmeOf(62)), commentaire: 'Et piscine.' });
  await send({ ...person, commentaire: 'La piscine ?' });
  await send(other);
  // Of the same person, and of none: one waits, one was put away.
  await send({ ...person, programme: 'no such', telephone: '+33 (0)6.12.34.56.78', email: null });
  const { id: lead } = (await waiting(dpo)) ?? assert.fail('a lead waits');
  await send({ ...person, programme: 'nor such', telephone: null });
  await admin.call('discardLead', { ids: [lead], reason: 'Zwyckert wrote twice' }, at);
  const sheet = 'nom;telephone;email;message\r\nZwyckert;0612345678;zwyck@email.com;piscine';
  const uploaded = await upload(admin, sheet, { name: 'salon.csv', ...at });
  const began = await admin.call('startImport', { source: files, fileId: uploaded }, at);
  await ended(admin, began.job_id, database.nom);
  await admin.call(
    'correctProspect',
    { prospectId: id, ville: 'Nice', reason: 'Zwyckert said' },
    at,
  );
  const key = await server.key('Promoteur X', { database });
  const first = await pullWith(key.text);
  await admin.call('releasePull', { pullId: first.id, reason: 'twice' }, at);
  await pullWith(key.text, { limit: 1 });
  const { actions } = await dpo.call('getProspect', { prospectId: id }, at);
  const held = actions.find(({ pulled_at }) => pulled_at !== null) ?? assert.fail('one was pulled');
  const change = [{ id: held.action_id, version: held.version }];
  await admin.call(
    'changeStatut',
    { actions: change, statutId: QUALIFY, reason: 'Ottokarine called' },
    at,
  );
  const all = { search: 'Zwyckert', statutId: QUALIFY, reason: 'Zwyckert asked' };
  const { job_id } = await admin.call('changeStatuts', all, at);
  await ended(admin, job_id, database.nom);
  const asked = await admin.call('exportContacts', { format: 'csv', search: 'Zwyckert' }, at);
  const job = await ended(admin, asked.job_id, database.nom);
  assert.match(String(await download(admin, job, database.nom)), /Ottokarine/);
  const before = await canariesLeft();
  const places = [...new Set(Object.values(before).flat())].sort();
  assert.deepEqual(places, [
    ...['action', 'audit', 'contact_text', 'job', 'lead', 'prospect', 'prospect_identity'],
    ...['pull_item', 'statut_change', 'stored_file_part'],
  ]);

  const erased = await erase(id);
  assert.deepEqual(await canariesLeft(), {});
  const { contacts, leads, files: dropped } = erased;
  assert.deepEqual({ contacts, leads, dropped }, { contacts: 2, leads: 6, dropped: 3 });
  assert.notDeepEqual(await tablesWith(database.db, 'Durand'), []);
  let text = '';
  await dump(database.db, (part) => {
    text += part;
  });
  assert.match(text, /Durand/);
  for (const canary of CANARIES) assert.ok(!text.includes(canary), canary);
});

/** The one lead that waits. */
const waiting = async (staff: SignedIn) =>
  (await staff.call('listQuarantine', {}, at)).items.at(-1);

test('a repeat leaves an erased person out and says so, and nothing hands them out', async () => {
  const id = await personOf(person);
  await send({ ...person, programme: String(programmeOf(62)) });
  await send(other);
  const key = await server.key('Promoteur X', { database });
  const headers = { 'idempotency-key': 'batch-1' };
  const body = { operation: 'pullContacts', limit: 1 };
  const first = await server.send(key.text, body, headers);
  const pullId = first.headers.get('pull-id') ?? '';
  assert.equal(contactsOf(first)[0]?.prospect_id, id);
  await erase(id);

  const again = await server.send(key.text, body, headers);
  assert.deepEqual(contactsOf(again), []);
  assert.equal(again.headers.get('pull-withheld'), '1');
  assert.equal(again.headers.get('idempotency-replayed'), 'true');
  const batch = await server.send(key.text, { operation: 'getPullBatch', pullId });
  assert.deepEqual([contactsOf(batch).length, batch.headers.get('pull-withheld')], [0, '1']);
  assert.deepEqual(idsOf(await server.send(key.text, { operation: 'getPulledContacts' })), []);
  const ready = contactsOf(await server.send(key.text, { operation: 'readContacts' }));
  assert.deepEqual(
    ready.map((contact: Contact) => contact.prospect_nom),
    ['Durand'],
  );
  const { reply } = await pullWith(key.text);
  assert.deepEqual(
    contactsOf(reply).map((contact) => contact.prospect_nom),
    ['Durand'],
  );
});

test('a tombstone tells who received the person, and no list or search finds them', async () => {
  const { prospect_id: id = 0, action_id } = await send(person);
  await send(other);
  const key = await server.key('Promoteur X', { database });
  const { id: pullId } = await pullWith(key.text, { limit: 1 });
  const { erased_at } = await erase(id ?? 0);

  const read = await dpo.call('getProspect', { prospectId: id ?? 0 }, at);
  const { prospect, identities, received, consents, timeline, actions } = read;
  assert.equal(prospect.erased_at, erased_at);
  assert.deepEqual(
    [prospect.prospect_nom, prospect.prospect_telephone, identities],
    [null, null, []],
  );
  assert.deepEqual(
    received.map((row) => [row.client_nom, row.action_id, row.pull_id]),
    [['Promoteur X', action_id, pullId]],
  );
  assert.deepEqual(
    timeline.map(({ event, why }) => [event, why]),
    [
      ['erasure', reason],
      ['pull', null],
      ['statut', null],
      ['lead', null],
    ],
  );
  assert.equal(timeline[0]?.who_nom, dpo.staff.nom);
  assert.deepEqual(consents, [{ ...consents[0], consent: null, answers: [] }]);
  assert.deepEqual(
    actions.map((action) => [action.action_id, action.statut_id, action.client_nom]),
    [[action_id, null, 'Promoteur X']],
  );
  const pull = await dpo.call('getPull', { pullId }, at);
  assert.deepEqual(
    pull.items.map(({ contact, statut_designation }) => [contact, statut_designation]),
    [[null, null]],
  );
  assert.equal(pull.releasable, 0);
  const found = async (search?: string) =>
    (await dpo.call('searchContacts', { ...(search && { search }) }, at)).items.length;
  assert.deepEqual([await found(), await found(String(id)), await found('Durand')], [1, 0, 1]);
  const audit = await dpo.call('listAudit', { scope: 'database', act: 'prospect.erase' }, at);
  assert.deepEqual(
    audit.items.map(({ target, detail }) => [target, detail]),
    [[`prospect:${id}`, { reason, contacts: 1, leads: 1, items: 1, files: 0 }]],
  );
});

test('an erasure leaves what staff wrote of others in the same words', async () => {
  const first = await send(person);
  const second = await send(other);
  const given = { reason: 'as they asked' };
  const qualify = (id: number | null) => {
    const actions = [{ id: id ?? 0, version: 1 }];
    return admin.call('changeStatut', { actions, statutId: QUALIFY, ...given }, at);
  };
  await qualify(second.action_id);
  await sql`update audit set at = at - interval '2 days'`.execute(database.db);
  await qualify(first.action_id);
  const prospectId = second.prospect_id ?? 0;
  await admin.call('correctProspect', { prospectId, ville: 'Nice', ...given }, at);
  await erase(first.prospect_id ?? 0);
  const { items } = await dpo.call('listAudit', { scope: 'database' }, at);
  const acts = items.filter(({ act }) => ['action.statut', 'prospect.correct'].includes(act));
  assert.deepEqual(
    acts.map(({ act, detail }) => [act, detail.reason]),
    [
      ['prospect.correct', given.reason],
      ['action.statut', null],
      ['action.statut', given.reason],
    ],
  );
});

test('an erased person can be neither corrected, moved, released nor erased again', async () => {
  const { prospect_id: id = 0, action_id: action = 0 } = await send(person);
  const key = await server.key('Promoteur X', { database });
  const { id: pullId } = await pullWith(key.text);
  const { erased_at } = await erase(id ?? 0);
  const expect = (code: 'record_not_found' | 'changed_meanwhile') => ({ ...at, expect: code });
  const prospectId = id ?? 0;
  await admin.call(
    'correctProspect',
    { prospectId, nom: 'Zwyckert', reason },
    expect('record_not_found'),
  );
  const told = await dpo.call('eraseProspect', { prospectId, reason }, expect('changed_meanwhile'));
  assert.equal(told, `The prospect ${prospectId} was erased at ${erased_at}.`);
  await dpo.call('eraseProspect', { prospectId: 999, reason }, expect('record_not_found'));
  const actions = [{ id: action ?? 0, version: 9 }];
  const changed = await admin.call('changeStatut', { actions, statutId: READY, reason }, at);
  assert.deepEqual(
    changed.changes.map(({ outcome }) => outcome),
    ['refused'],
  );
  const released = await admin.call('releasePull', { pullId, reason }, at);
  assert.deepEqual([released.released, released.kept], [0, 1]);
  assert.deepEqual(contactsOf((await pullWith(key.text)).reply), []);
});

test('a lead of an erased person is a repeat by its id, and otherwise waits for an operator', async () => {
  const first = await send({ ...person, externalId: 'form-1' });
  const id = first.prospect_id ?? 0;
  await erase(id);
  const repeated = await send({ ...person, externalId: 'form-1' });
  assert.deepEqual(repeated, first);
  assert.deepEqual(await canariesLeft(), {});

  const back = await send({ ...person, externalId: 'form-2' });
  assert.deepEqual(
    [back.outcome, back.reasons.map(({ code }) => code)],
    ['quarantined', ['person_erased']],
  );
  const put = (await waiting(dpo)) ?? assert.fail('it waits');
  assert.match(put.reasons[0]?.suggestion ?? '', /^Effacée le \d\d\/\d\d\/\d{4}$/);
  await admin.call('discardLead', { ids: [put.id], reason: 'an old file' }, at);
  assert.deepEqual(await canariesLeft(), {});
  assert.equal((await send({ ...person, externalId: 'form-2' })).outcome, 'quarantined');
  assert.equal(await waiting(dpo), undefined);

  await send({ ...person, telephone: null, externalId: 'form-3' });
  const wanted = (await waiting(dpo)) ?? assert.fail('it waits');
  const released = await admin.call('releaseLead', { id: wanted.id, cameBack: true }, at);
  assert.equal(released.outcome, 'accepted');
  assert.notEqual(released.prospect_id, id);
  // The person is back by their own wish: their address is theirs again.
  const next = await send({ ...person, telephone: null, commentaire: 'Encore' });
  assert.deepEqual([next.outcome, next.prospect_id], ['merged', released.prospect_id]);
});

test('a job that may hold the person has to end first', async () => {
  const id = await personOf(person);
  const job = await insertJob(database.db, { kind: 'export', by: 'staff:1', request: {} });
  const told = await dpo.call(
    'eraseProspect',
    { prospectId: id, reason },
    { ...at, expect: 'record_in_use' },
  );
  assert.match(told, new RegExp(`The job ${job} \\(export\\)`));
  assert.notDeepEqual(await canariesLeft(), {});
  await admin.call('cancelJob', { id: job ?? 0 }, at);
  await erase(id);
  assert.deepEqual(await canariesLeft(), {});
});

test('undoing an import leaves what was erased since as it is', async () => {
  const sheet = 'nom;telephone\r\nZwyckert;0612345678\r\nDurand;0698765432';
  const uploaded = await upload(admin, sheet, { name: 'salon.csv', ...at });
  const began = await admin.call('startImport', { source: files, fileId: uploaded }, at);
  await ended(admin, began.job_id, database.nom);
  const { items } = await admin.call('searchContacts', { search: 'Zwyckert' }, at);
  await erase(items[0]?.prospect_id ?? 0);
  const undoing = await admin.call('undoImport', { id: began.import_id }, at);
  const job = await ended(admin, undoing.job_id, database.nom);
  assert.deepEqual(job.counts, { undone: 1, kept: 1 });
  assert.deepEqual(await canariesLeft(), {});
});

test('erasures and pulls at once leave nothing of an erased person, and lose nobody else', async () => {
  const gone: number[] = [];
  for (let row = 0; row < 12; row += 1) {
    const telephone = `06 11 22 33 ${String(10 + row)}`;
    gone.push(await personOf({ nom: `Partant${row}`, telephone }));
    await send({ nom: `Restant${row}`, telephone: `06 44 55 66 ${String(10 + row)}` });
  }
  const keys = [await server.key('Promoteur X', { database }), await server.key('Y', { database })];
  const pulls = Array.from({ length: 16 }, (_, at) =>
    pullWith(keys[at % 2]?.text ?? '', { limit: 2 }),
  );
  const [replies] = await Promise.all([Promise.all(pulls), Promise.all(gone.map(erase))]);
  const rest = await pullWith(keys[0]?.text ?? '', { limit: 200 });
  const received = [...replies, rest].flatMap(({ reply }) => contactsOf(reply));
  const names = received.map(({ prospect_nom }) => prospect_nom).sort();
  const stayed = names.filter((nom) => nom?.startsWith('Restant'));
  assert.equal(new Set(stayed).size, 12);
  assert.equal(stayed.length, 12);
  assert.ok(!names.includes(null));
  assert.deepEqual(await tablesWith(database.db, 'Partant'), []);
});

test('the command erases only when it is told to, and names who has to be told', async () => {
  const id = await personOf(person);
  const key = await server.key('Promoteur X', { database });
  await pullWith(key.text);
  const run = (...args: string[]) =>
    relais(
      { DATABASE_URL: server.catalogUrl },
      ...['prospect', 'erase', '-d', database.nom, '--reason', reason, ...args],
    );
  const asked = await run(String(id));
  assert.equal(asked.code, 2);
  assert.match(asked.stderr, /--yes/);
  assert.notDeepEqual(await canariesLeft(), {});
  const done = await run(String(id), '--yes');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /Tell those who received the person:\n.*\nPromoteur X {2}/);
  assert.deepEqual(await canariesLeft(), {});
  assert.equal((await run('999', '--yes')).code, 4);
});
