import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { claimIdentities } from '../../src/store/prospects.ts';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { type Door, openDoor } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;
let at: { database: string };
let door: Door;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  at = { database: database.nom };
  await loadInto(database, queueCrm(0));
  door = await openDoor(server, database);
});

const jean = { nom: 'Dupont', prenom: 'Jean', telephone: '06 12 34 56 78' };
const reason = 'called back';

const lead = (given: object) => door.send(given);
/** A person of one lead: its prospect id. */
const person = (given: object = jean) => door.person(given);
const read = (prospectId: number) => operator.call('getProspect', { prospectId }, at);
const correct = (prospectId: number, fields: object) =>
  operator.call('correctProspect', { prospectId, reason, ...fields }, at);
const refused = (
  prospectId: number,
  fields: object,
  expect: 'record_in_use' | 'invalid_parameter' | 'record_not_found',
) => operator.call('correctProspect', { prospectId, reason, ...fields }, { ...at, expect });

test('one timeline tells everything that happened to a person, newest first', async () => {
  const first = await lead({ ...jean, commentaire: 'Un' });
  const id = first.prospect_id ?? 0;
  await lead({ ...jean, commentaire: 'Deux', prenom: 'Jeannot' });
  const key = await server.key('Promoteur X', { database });
  const pull = await server.send(key.text, { operation: 'pullContacts' });
  const pullId = pull.headers.get('pull-id') ?? '';
  await operator.call('releasePull', { pullId, reason: 'twice' }, at);
  const actions = [{ id: first.action_id ?? 0, version: 4 }];
  await operator.call('changeStatut', { actions, statutId: QUALIFY, reason: 'not yet' }, at);
  await correct(id, { ville: 'Toulouse' });

  const { timeline } = await read(id);
  const staff = operator.staff.nom;
  assert.deepEqual(
    timeline.map(({ event, who_nom, from, to, why }) => [event, who_nom, from, to, why]),
    [
      ['correction', staff, null, null, reason],
      ['statut', staff, 'À transmettre', 'À qualifier', 'not yet'],
      ['release', staff, 'Transmis', 'À transmettre', 'twice'],
      ['pull', 'Promoteur X', 'À transmettre', 'Transmis', null],
      ['lead', door.source, null, null, null],
      ['statut', door.source, null, 'À transmettre', null],
      ['lead', door.source, null, null, null],
    ],
  );
  const [correction, , release, handed, joined, , made] = timeline;
  assert.deepEqual(correction?.fields, ['ville']);
  assert.deepEqual([release?.pull_id, handed?.pull_id], [pullId, pullId]);
  assert.deepEqual([joined?.outcome, made?.outcome], ['merged', 'accepted']);
  assert.deepEqual(joined?.matched_on, ['telephone']);
  assert.deepEqual(
    joined?.reasons.map(({ code }) => code),
    ['details_differ'],
  );
  assert.equal(handed?.action_id, first.action_id);
});

test('who received what and when is a list of its own, released pulls included', async () => {
  const id = await person();
  const pull = async (client: string) => {
    const key = await server.key(client, { database });
    const reply = await server.send(key.text, { operation: 'pullContacts' });
    return reply.headers.get('pull-id') ?? '';
  };
  const first = await pull('Promoteur X');
  await operator.call('releasePull', { pullId: first, reason }, at);
  const second = await pull('Promoteur Y');
  const { received } = await read(id);
  assert.deepEqual(
    received.map((row) => [row.client_nom, row.pull_id, row.pull_seq, row.released_at !== null]),
    [
      ['Promoteur Y', second, 1, false],
      ['Promoteur X', first, 1, true],
    ],
  );
});

test('a person is shown whole: fields, identities and actions with their campaign', async () => {
  const id = await person({
    ...jean,
    email: 'Jean@Email.com',
    code_postal: '31000',
    commentaire: 'x'.repeat(1000),
    utm_campaign: 'aube-t3',
  });
  const { prospect, identities, actions } = await read(id);
  assert.equal(prospect.prospect_telephone, '+33612345678');
  assert.equal(prospect.prospect_code_postal, '31000');
  assert.deepEqual(identities.map(({ kind, value }) => [kind, value]).sort(), [
    ['email', 'jean@email.com'],
    ['telephone', '+33612345678'],
  ]);
  const [action, ...others] = actions;
  assert.deepEqual(others, []);
  assert.equal(action?.action_commentaire?.length, 1000);
  assert.deepEqual(
    [action?.utm_campaign, action?.programme_nom, action?.source, action?.statut_designation],
    ['aube-t3', 'Programme 30', door.source, 'À transmettre'],
  );
  const seen = await sql<{ detail: unknown }>`
    select audit.detail from audit where audit.act = 'person.read'`.execute(database.db);
  assert.deepEqual(seen.rows, [{ detail: { prospects: [id] } }]);
});

test('consents are told as each lead gave them', async () => {
  const id = await person({ ...jean, consent: true });
  await lead({ ...jean, rgpd: 'peut-être' });
  await lead({ ...jean, consent: false });
  const { consents } = await read(id);
  assert.deepEqual(
    consents.map(({ source, consent, answers }) => ({ source, consent, answers })),
    [
      { source: door.source, consent: false, answers: [] },
      { source: door.source, consent: null, answers: [{ question: 'rgpd', answer: 'peut-être' }] },
      { source: door.source, consent: true, answers: [] },
    ],
  );
});

test('a hostile text is data, and comes back unchanged', async () => {
  const nom = `<img src=x onerror=alert(1)>'; drop table lead; --`;
  const id = await person({ ...jean, nom });
  assert.equal((await read(id)).prospect.prospect_nom, nom);
  const prenom = `{"a":1}</script>\u202e`;
  await correct(id, { prenom });
  assert.equal((await read(id)).prospect.prospect_prenom, prenom);
});

test('a person of no action and no lead is shown; one that is not there is refused', async () => {
  await loadInto(database, { prospects: [{ id: 77, nom: 'Seul' }] });
  const { prospect, actions, timeline } = await read(77);
  assert.deepEqual([prospect.prospect_nom, actions, timeline], ['Seul', [], []]);
  const missing = { ...at, expect: 'record_not_found' } as const;
  const sentence = await operator.call('getProspect', { prospectId: 78 }, missing);
  assert.equal(sentence, 'There is no prospect 78.');
});

test('everyone may look at a person; those who do the daily work correct them', async () => {
  const id = await person();
  for (const role of ['lecture', 'dpo'] as const) {
    const somebody = await signedIn(server, role);
    const shown = await somebody.call('getProspect', { prospectId: id }, at);
    assert.equal(shown.prospect.prospect_id, id);
    await somebody.call(
      'correctProspect',
      { prospectId: id, nom: 'x', reason },
      { ...at, expect: 'role_not_allowed' },
    );
  }
});

test('a corrected telephone is read as intake reads it, and leads follow it', async () => {
  const id = await person();
  assert.deepEqual(await correct(id, { telephone: '06.98.76.54.32' }), {
    prospect_id: id,
    changed: ['telephone'],
  });
  const { prospect, identities } = await read(id);
  assert.equal(prospect.prospect_telephone, '+33698765432');
  assert.deepEqual(
    identities.map(({ value }) => value),
    ['+33698765432'],
  );
  assert.equal(await person({ telephone: '+33 6 98 76 54 32' }), id);
  assert.notEqual(await person(), id, 'the old number was not theirs');
});

test('a telephone or address by which somebody else is known is refused, naming them', async () => {
  const id = await person();
  const other = await person({
    nom: 'Martin',
    email: 'martin@example.com',
    telephone: '0698765432',
  });
  for (const fields of [{ telephone: '+33698765432' }, { email: 'MARTIN@example.com' }]) {
    const sentence = await refused(id, { nom: 'Martin', ...fields }, 'record_in_use');
    assert.match(sentence, new RegExp(`that of the prospect ${other}:`));
  }
  const { prospect, identities } = await read(id);
  assert.deepEqual([prospect.prospect_nom, identities.length], ['Dupont', 1]);
});

test('null empties a field, what is left out stays, and what is the same changes nothing', async () => {
  const id = await person({ ...jean, email: 'jean@example.com', ville: 'Toulouse' });
  assert.deepEqual((await correct(id, { telephone: '0612345678', nom: ' Dupont ' })).changed, []);
  const { changed } = await correct(id, { telephone: null, ville: null, prenom: 'Jean-Paul' });
  assert.deepEqual(changed.toSorted(), ['prenom', 'telephone', 'ville']);
  const { prospect, identities } = await read(id);
  assert.deepEqual(
    [prospect.prospect_telephone, prospect.prospect_ville, prospect.prospect_email],
    [null, null, 'jean@example.com'],
  );
  assert.deepEqual(
    identities.map(({ value }) => value),
    ['jean@example.com'],
  );
});

test('the audit of a correction holds the fields and the reason, and no value', async () => {
  const id = await person();
  await correct(id, { nom: 'Durand', email: 'durand@example.com' });
  const audit = await sql<{ actor: string; target: string; detail: object }>`
    select audit.actor, audit.target, audit.detail from audit
    where audit.act = 'prospect.correct'`.execute(database.db);
  assert.deepEqual(audit.rows, [
    {
      actor: `staff:${operator.staff.id}`,
      target: `prospect:${id}`,
      detail: { reason, fields: ['nom', 'email'] },
    },
  ]);
});

test('what can not be read as a telephone or an address is refused', async () => {
  const id = await person();
  for (const telephone of ['12', 'après 18h', '06 12 34 56 79 après 18h', '06 12 34 56 7']) {
    await refused(id, { telephone }, 'invalid_parameter');
  }
  for (const email of ['jean', 'jean@', '@example.com']) {
    await refused(id, { email }, 'invalid_parameter');
  }
  await refused(id, { nom: '' }, 'invalid_parameter');
  await refused(id, { nom: 'a\0b' }, 'invalid_parameter');
  await refused(999, { nom: 'x' }, 'record_not_found');
  assert.equal((await read(id)).prospect.prospect_telephone, '+33612345678');
});

test('of two persons who are given one telephone at once, one gets it', async () => {
  const [one, two] = [await person(), await person({ ...jean, telephone: '0698765432' })];
  const asked = [one, two].map((prospectId) =>
    correct(prospectId, { telephone: '0611223344' }).then(
      () => 'done',
      (error: Error) => (/that of the prospect/.test(error.message) ? 'told' : error.message),
    ),
  );
  assert.deepEqual((await Promise.all(asked)).sort(), ['done', 'told']);
  const holders = await sql`
    select from prospect_identity where value = '+33611223344'`.execute(database.db);
  assert.equal(holders.rows.length, 1);
});

test('a correction waits for a lead that is under way, and sees what it did', async () => {
  const id = await person();
  const trx = await database.db.startTransaction().execute();
  await claimIdentities(trx, ['+33612345678', 'new@example.com']);
  await sql`
    update prospect_identity set id_prospect = ${id} where value = 'new@example.com'`.execute(trx);
  await sql`update prospect set email = 'new@example.com' where id = ${id}`.execute(trx);
  const correction = refusal(id, { telephone: '0611223344' });
  await untilWaiting(database.db);
  await trx.commit().execute();
  assert.match(await correction, /changed this person at the same moment/);
  assert.deepEqual((await correct(id, { telephone: '0611223344' })).changed, ['telephone']);
  const { identities } = await read(id);
  assert.deepEqual(identities.map(({ value }) => value).sort(), [
    '+33611223344',
    'new@example.com',
  ]);
});

const refusal = (prospectId: number, fields: object) =>
  operator.call(
    'correctProspect',
    { prospectId, reason, ...fields },
    { ...at, expect: 'changed_meanwhile' },
  );

test('leads and corrections of one person, all at once, leave one owner of each identity', async () => {
  const id = await person({ ...jean, email: 'jean@example.com' });
  const numbers = ['0611223341', '0611223342', '0611223343', '0611223344'];
  await Promise.all(
    numbers.flatMap((telephone) => [
      lead({ telephone, email: 'jean@example.com' }),
      correct(id, { telephone }).catch(() => undefined),
    ]),
  );
  const { prospect, identities } = await read(id);
  const known = identities.map(({ value }) => value);
  assert.ok(known.includes('jean@example.com'));
  assert.ok(known.includes(prospect.prospect_telephone ?? ''));
  const orphans = await sql`
    select from prospect_identity own
    where not exists (select from prospect where prospect.id = own.id_prospect)`.execute(
    database.db,
  );
  assert.equal(orphans.rows.length, 0);
});
