import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { LoadDocument } from '@relais/contract';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { tablesWith } from '../support/canary.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { programmeOf, queueCrm, READY } from '../support/crm.ts';
import { ended } from '../support/files.ts';
import { loadInto } from '../support/installation.ts';
import { type Door, makeSource, openDoor } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { crossing, leaveCircles, untilWaiting, whileHeld } from '../support/waiting.ts';

// What comes in of a person before, while and after they are erased.

let server: TestServer;
let admin: SignedIn;
let database: CrmDatabase;
let at: { database: string };
let door: Door;

before(async () => {
  server = await freshServer();
  admin = await signedIn(server, 'admin');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  at = { database: database.nom };
  await leaveCircles(database.db);
  await loadInto(database, queueCrm(0));
  door = await openDoor(server, database);
});

const reason = 'request of 20 November';
const person = { nom: 'Zwyckert', telephone: '06 12 34 56 78' };
const send = (lead: object) => door.send(lead);
const exported = async () => {
  const { job_id } = await admin.call('exportContacts', { format: 'csv' }, at);
  return ended(admin, job_id, database.nom);
};
const codesOf = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) =>
  reasons.map(({ code }) => code);
const erase = (prospectId: number | null) =>
  admin.call('eraseProspect', { prospectId: prospectId ?? 0, reason }, at);

test('a lead that waits is erased with its person, in whatever form telephone and address were typed', async () => {
  const { prospect_id } = await send({ ...person, email: 'josé.élodie@email.com' });
  const typed = [
    { telephone: '０６ １２ ３４ ５６ ７８' },
    { telephone: '+33 (0)6-12-34-56-78' },
    { email: 'jose\u0301.e\u0301lodie@email.com' },
    { email: 'JOSÉ.ÉLODIE@email.com' },
    { email: 'E-mail : <JOSE\u0301.E\u0301LODIE@Email.com>' },
  ];
  for (const lead of typed) await send({ nom: 'Zwyckert', programme: 'no such', ...lead });
  await send({ nom: 'Jose', programme: 'no such', email: 'jose.elodie@email.com' });
  const { leads } = await erase(prospect_id);
  assert.equal(leads, 1 + typed.length);
  assert.deepEqual(await tablesWith(database.db, 'Zwyckert'), []);
  const { items } = await admin.call('listQuarantine', {}, at);
  assert.deepEqual(
    items.map(({ draft }) => draft?.nom),
    ['Jose'],
  );
});

test('a lead that comes while its person is erased waits as one of somebody who was', async () => {
  const { prospect_id } = await send(person);
  const [, late] = await crossing(
    database.db,
    sql`select from prospect where id = ${prospect_id} for update`,
    () => erase(prospect_id),
    () => send({ ...person, programme: 'no such' }),
  );
  assert.deepEqual(codesOf(late), ['person_erased', 'unknown_programme']);
});

test('a lead that is still coming in when its person is erased is waited for, and erased', async (t) => {
  const { prospect_id } = await send(person);
  const files = `fichiers-${database.nom}`;
  await makeSource(server, files, 'file', { database });
  const path = join(await temporaryFolder(t), 'salon.csv');
  const rows = ['Zwyckert;0612345678;no such', `Durand;0698765432;${programmeOf(30)}`];
  await writeFile(path, ['nom;telephone;programme', ...rows].join('\r\n'));
  const [imported, erased] = await crossing(
    database.db,
    sql`insert into prospect_identity (value, id_prospect) values ('+33698765432', 0)`,
    () => relais({ DATABASE_URL: server.catalogUrl }, 'import', database.nom, files, path),
    () => erase(prospect_id),
  );
  assert.equal(imported.code, 0, imported.stderr);
  assert.equal(erased.leads, 2);
  assert.deepEqual(await tablesWith(database.db, 'Zwyckert'), []);
});

test('a lead that is sent again while an erasure of its person takes long is not stored anew', async () => {
  const lead = { ...person, externalId: 'E-2' };
  const { prospect_id } = await send(lead);
  await exported();
  const { db } = database;
  const inserting = async () => {
    const found = await sql<{ began: string }>`
      select query_start::text as began from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'
        and query like '%insert into lead%'`.execute(db);
    return found.rows[0]?.began;
  };
  const { erased, again } = await whileHeld(
    db,
    sql`select from stored_file for update`,
    async () => {
      const erased = erase(prospect_id);
      await untilWaiting(db);
      const again = send(lead).catch(({ message }) => String(message));
      await untilWaiting(db, 2);
      // It gives up, and is to be stored at least, to be tried again.
      const first = await inserting();
      for (let now = first; now === first || now === undefined; now = await inserting()) {
        await delay(5);
      }
      return { erased, again };
    },
  );
  await erased;
  assert.match(String(await again), /busy/);
  assert.deepEqual(await tablesWith(db, 'Zwyckert'), []);
  assert.deepEqual((await admin.call('listQuarantine', {}, at)).items, []);
});

test('a lead that is sent again while its person is erased is the same lead', async () => {
  const lead = { ...person, externalId: 'E-1' };
  const first = await send(lead);
  await exported();
  // Files are dropped after the leads were blanked, and before the erasure has committed.
  const [, again] = await crossing(
    database.db,
    sql`select from stored_file for update`,
    () => erase(first.prospect_id),
    () => send(lead),
  );
  assert.deepEqual(again, first);
  assert.deepEqual(await send(lead), first);
  const ledger = await sql`select from lead`.execute(database.db);
  assert.equal(ledger.rows.length, 1);
});

test('leads of erased persons stay when many are released, and are counted', async () => {
  const { prospect_id } = await send(person);
  await erase(prospect_id);
  await send({ ...person, programme: 'Les Pins' });
  await send({ nom: 'Durand', telephone: '06 98 76 54 32', programme: 'Les Pins' });
  const programmeId = programmeOf(30);
  const release = (...chosen: string[]) =>
    relais(
      { DATABASE_URL: server.catalogUrl },
      ...['quarantine', 'release', '-d', database.nom, '--programme', String(programmeId)],
      ...chosen,
    );
  const done = await release('--reason', 'unknown_programme');
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stderr, /^Of persons who were erased: 1 lead\. /);
  assert.match(done.stdout, /quarantined +- +person_erased\n.* accepted /);
  assert.equal((await release('--all', '--came-back')).code, 2);

  const [{ id = 0 } = {}, ...others] = (await admin.call('listQuarantine', {}, at)).items;
  assert.deepEqual(others, []);
  const [released] = (await admin.call('releaseLeads', { ids: [id], programmeId }, at)).items;
  assert.equal(released?.outcome, 'quarantined');
  const alone = await release(String(id), '--came-back');
  assert.match(alone.stdout, / accepted /);
});

test('a lead of an erased person is let in by who says that they came back, and by nothing else', async () => {
  const { prospect_id } = await send(person);
  await erase(prospect_id);
  await send({ nom: 'Zwyckert', programme: 'Les Pins' });
  const [{ id = 0 } = {}] = (await admin.call('listQuarantine', {}, at)).items;
  const release = (more: object) => admin.call('releaseLead', { id, ...more }, at);

  const { telephone } = person;
  const corrected = await release({ telephone });
  assert.deepEqual(codesOf(corrected), ['person_erased', 'unknown_programme']);
  const lacking = await release({ cameBack: true });
  assert.deepEqual(codesOf(lacking), ['person_erased', 'unknown_programme']);
  const programmeId = programmeOf(30);
  assert.deepEqual(codesOf(await release({ programmeId })), ['person_erased']);
  assert.equal((await release({ cameBack: true })).outcome, 'accepted');
  assert.equal((await send({ ...person, commentaire: 'Encore' })).outcome, 'merged');
  const { history } = await admin.call('getLead', { id }, at);
  assert.equal(history.at(-1)?.detail.came_back, true);
});

test('of a telephone that was erased with two persons the later day is told', async () => {
  const both = { ...person, email: 'zwyck@email.com' };
  await erase((await send(both)).prospect_id);
  await sql`update erased_identity set erased_at = erased_at - interval '9 days'`.execute(
    database.db,
  );
  const { prospect_id } = await send({ nom: 'Durand', email: 'durand@email.com' });
  const { telephone } = person;
  await admin.call('correctProspect', { prospectId: prospect_id ?? 0, telephone, reason }, at);
  const { erased_at } = await erase(prospect_id);
  const [told] = (await send(both)).reasons;
  const day = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris' });
  assert.equal(told?.suggestion, `Effacée le ${day.format(new Date(erased_at))}`);
});

test('a telephone of two persons stays that of the other, by whom it is recognised', async () => {
  const telephone = '+33612345678';
  const couple = ['Durand', 'Zwyckert'].map((nom, at) => ({ id: 901 + at, nom, telephone }));
  await loadInto(database, { prospects: couple });
  const known = await send({ telephone, programme: 'no such' });
  assert.deepEqual(codesOf(known), ['unknown_programme']);
  await erase(902);
  assert.equal((await send({ telephone })).prospect_id, 901);
  const { items } = await admin.call('listQuarantine', {}, at);
  assert.equal(items[0]?.draft?.telephone, telephone);
});

test('who put a lead away is told after the erasure of its person, too', async () => {
  const { prospect_id } = await send(person);
  await send({ ...person, programme: 'no such' });
  const [{ id = 0 } = {}] = (await admin.call('listQuarantine', {}, at)).items;
  await admin.call('discardLead', { ids: [id], reason }, at);
  await send({ ...person, programme: 'nor such' });
  const [{ id: erased = 0 } = {}] = (await admin.call('listQuarantine', {}, at)).items;
  const dpo = await signedIn(server, 'dpo');
  await dpo.call('eraseProspect', { prospectId: prospect_id ?? 0, reason }, at);
  const told = (lead: number) =>
    admin.call('releaseLead', { id: lead }, { ...at, expect: 'changed_meanwhile' });
  assert.match(await told(id), new RegExp(`discarded by ${admin.staff.nom}`));
  assert.match(await told(erased), new RegExp(`discarded by ${dpo.staff.nom}`));
});

test('an export that failed in its last step leaves no file that an erasure does not find', async () => {
  const { prospect_id } = await send(person);
  await sql`
    alter table audit add check (act <> 'contacts.export') not valid`.execute(database.db);
  assert.equal((await exported()).state, 'failed');
  assert.equal((await erase(prospect_id)).files, 1);
  assert.deepEqual(await tablesWith(database.db, 'Zwyckert'), []);
});

test('a file that brings an erased person back is refused, with line and field, and nothing is loaded', async () => {
  const { prospect_id } = await send({ ...person, email: 'zwyck@email.com' });
  await erase(prospect_id);
  const idProspect = prospect_id ?? 0;
  const other = { id: 900, nom: 'Durand', telephone: '06 98 76 54 32' };
  const files: [place: string, document: LoadDocument][] = [
    ['prospects[1], "telephone"', { prospects: [other, { id: 901, telephone: '+33 6 12345678' }] }],
    ['prospects[1], "email"', { prospects: [other, { id: 901, email: 'Zwyck@email.com' }] }],
    [
      'identities[0], "value"',
      { prospects: [other], identities: [{ id: 1, idProspect: 900, value: 'zwyck@email.com' }] },
    ],
    [
      'identities[0], "idProspect"',
      { identities: [{ id: 900, idProspect, value: 'new@email.com' }], prospects: [other] },
    ],
    [
      'actions[0], "idProspect"',
      { actions: [{ id: 900, idProspect, idProgramme: programmeOf(30), idStatut: READY }] },
    ],
  ];
  for (const [place, document] of files) {
    const message = `line 1, ${place}: its person was erased at their request.`;
    await assert.rejects(loadInto(database, document), { message });
  }
  assert.deepEqual(await tablesWith(database.db, 'Durand'), []);
  await loadInto(database, { prospects: [other] });
});

test('what a lead was before an operator or a file corrected it goes with the person that it named', async (t) => {
  const { prospect_id } = await send({ ...person, email: 'zwyckert@email.com' });
  // Theirs as sent, and found to be of somebody else.
  const wrong = { nom: 'Durand', programme: 'no such' };
  const letIn = { programmeId: programmeOf(30) };
  const correction = { telephone: '06 98 76 54 32', email: 'durand@email.com' };
  await send({ ...wrong, externalId: 'E-2', telephone: '+33 6 12 34 56 78' });
  await send({ ...wrong, externalId: 'E-3', email: 'Zwyckert@email.com' });
  await send({ ...wrong, externalId: 'E-4', email: 'ZWYCKERT@email.com' });
  const { items } = await admin.call('listQuarantine', {}, at);
  const [first, second, third] = items.map(({ id }) => id);
  await admin.call('releaseLead', { id: first ?? 0, ...correction, ...letIn }, at);
  await admin.call('releaseLead', { id: second ?? 0, ...correction }, at);
  await send({ ...wrong, externalId: 'E-5', email: 'Zwyckert@Email.com' });
  const again = 'id;programme;nom;email;message\r\nE-5;no such;Durand;durand@email.com;';
  for (const text of [
    `relais_lead;nom;email\r\n${third};Durand;durand@email.com`,
    // By two files, one after the other.
    `${again}Oui`,
    `${again}Non`,
  ]) {
    const path = join(await temporaryFolder(t), 'corrected.csv');
    await writeFile(path, text);
    const imported = await relais(
      { DATABASE_URL: server.catalogUrl },
      ...['import', database.nom, door.source, path],
    );
    assert.equal(imported.code, 0, imported.stderr);
  }

  await erase(prospect_id);
  for (const told of ['612345678', '6 12 34 56 78', 'wyckert']) {
    assert.deepEqual(await tablesWith(database.db, told), [], told);
  }
  const left = await admin.call('listQuarantine', {}, at);
  assert.deepEqual(
    left.items.slice(0, 2).map(({ id, draft }) => [id, draft?.email]),
    [second, third].map((id) => [id, 'durand@email.com']),
  );
  assert.deepEqual([left.items.length, left.items[2]?.draft?.commentaire], [3, 'Non']);
  // What was corrected comes in under its id as before, and is nobody's who was erased.
  const released = await admin.call('releaseLead', { id: second ?? 0, ...letIn }, at);
  assert.equal(released.outcome, 'merged');
});
