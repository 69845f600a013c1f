import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/databases.ts';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { type Door, openDoor } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

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
