import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { LeadAnswer } from '@relais/contract';
import { sql } from 'kysely';
import { eraseProspect } from '../../src/changes/eraseProspect.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { discard, release } from '../../src/intake/quarantine.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { answerOf, makeSource, postJson } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';

// A source that gives one external id to several leads, such as the id of the person, or a row's
// number in each of its files: none of them is lost.

const OTHER = 146;

let server: TestServer;
let database: CrmDatabase;
let token: string;

before(async () => {
  server = await freshServer();
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  const { actions: _, ...crm } = publishedCrm();
  await loadInto(database, crm);
  await sql`insert into programme (id, id_region, nom) values (${OTHER}, 62, 'Le Clos')`.execute(
    database.db,
  );
  const rules = { id_programme: 145, id_statut: READY, id_statut_review: QUALIFY };
  token = await makeSource(server, `partner-${database.nom}`, 'json', { database, ...rules });
});

async function send(lead: object): Promise<LeadAnswer & { replayed: boolean }> {
  const reply = await postJson(server.url, `partner-${database.nom}`, token, lead);
  const replayed = reply.headers.get('idempotency-replayed') === 'true';
  return { ...answerOf(reply), replayed };
}
const codesOf = ({ reasons }: LeadAnswer) => reasons.map(({ code }) => code);

const ADA = { externalId: '1', nom: 'Lovelace', prenom: 'Ada', email: 'ada@example.com' };
const BEA = { externalId: '1', nom: 'Marchand', prenom: 'Béa', telephone: '0612345601' };

test('another person under the same id is a contact of its own that is looked at first', async () => {
  const { text: key } = await server.key('Promoteur X', { database });
  const ada = await send(ADA);
  const bea = await send(BEA);
  assert.deepEqual(codesOf(ada), []);
  assert.deepEqual([bea.outcome, codesOf(bea)], ['accepted', ['external_id_reused']]);
  assert.notEqual(bea.prospect_id, ada.prospect_id);
  assert.deepEqual(idsOf(await server.send(key, { operation: 'pullContacts' })), [ada.action_id]);
  const found = await sql<{ id_statut: number; source_reference: string }>`
    select action.id_statut, action.source_reference from action
    where action.id = ${bea.action_id}`.execute(database.db);
  assert.deepEqual(found.rows, [{ id_statut: QUALIFY, source_reference: '1' }]);
});

test('each of them that is sent again is told what became of it', async () => {
  const first = [await send(ADA), await send(BEA)];
  const again = [await send(ADA), await send(BEA)];
  const actionsOf = (answers: LeadAnswer[]) => answers.map(({ action_id }) => action_id);
  assert.deepEqual(actionsOf(again), actionsOf(first));
  assert.ok(first.every(({ replayed }) => !replayed) && again.every(({ replayed }) => replayed));
});

test('the same person about another programme is a contact of its own, and once', async () => {
  const first = await send({ ...ADA, programme: 145 });
  const other = await send({ ...ADA, programme: 'le clos' });
  assert.deepEqual([other.outcome, codesOf(other)], ['accepted', ['external_id_reused']]);
  assert.equal(other.prospect_id, first.prospect_id);
  assert.notEqual(other.action_id, first.action_id);
  // Under another name of the same programme, or of none that is known, it is that lead again.
  for (const programme of [OTHER, 'LE CLOS', undefined, 'Nowhere']) {
    const again = await send({ ...ADA, programme });
    assert.ok(again.replayed, String(programme));
  }
});

test('a lead that came in before its programme was renamed is that lead under the new name', async () => {
  const { text: key } = await server.key('Promoteur X', { database });
  const pull = async () => idsOf(await server.send(key, { operation: 'pullContacts' }));
  const first = await send({ ...ADA, programme: 'Le Clos' });
  assert.deepEqual(await pull(), [first.action_id]);
  await sql`update programme set nom = 'Le Clos des Vignes' where id = ${OTHER}`.execute(
    database.db,
  );
  const again = await send({ ...ADA, programme: 'Le Clos des Vignes' });
  assert.deepEqual([again.action_id, again.replayed], [first.action_id, true]);
  // Also where the old name is that of another programme by now.
  await sql`insert into programme (id, id_region, nom) values (147, 30, 'Le Clos')`.execute(
    database.db,
  );
  for (const programme of ['Le Clos des Vignes', 'Le Clos']) {
    assert.ok((await send({ ...ADA, programme })).replayed, programme);
  }
});

test('a person who has an id beside another one asks about two programmes: each is kept', async () => {
  await send(ADA);
  const bea = await send({ ...BEA, programme: 145 });
  const other = await send({ ...BEA, programme: OTHER });
  assert.equal(other.prospect_id, bea.prospect_id);
  assert.notEqual(other.action_id, bea.action_id);
  assert.equal((await send({ ...BEA, programme: OTHER })).action_id, other.action_id);
});

test('a lead that waits is not replaced by that of another person', async () => {
  const waits = await send({ ...ADA, programme: 'Nowhere' });
  assert.equal(waits.outcome, 'quarantined');
  const bea = await send({ ...BEA, programme: 'Nowhere' });
  assert.deepEqual(codesOf(bea), ['unknown_programme', 'external_id_reused']);
  const mended = await send({ ...BEA, programme: OTHER });
  assert.deepEqual([mended.outcome, codesOf(mended)], ['accepted', ['external_id_reused']]);
  const ada = await send({ ...ADA, programme: OTHER });
  assert.deepEqual([ada.outcome, codesOf(ada)], ['accepted', []]);
  assert.notEqual(ada.prospect_id, mended.prospect_id);
});

test('somebody whose telephone can not be read is kept, too, and replaces and is replaced by nobody', async () => {
  const unreadable = (nom: string) => ({ externalId: '1', nom, telephone: '06 12' });
  const first = await send(unreadable('Prost'));
  assert.equal(first.outcome, 'quarantined');
  assert.equal((await send(BEA)).outcome, 'accepted');
  const others = [unreadable('Quint'), unreadable('Roux')];
  for (const lead of others) {
    const answer = await send(lead);
    assert.ok(codesOf(answer).includes('no_contact_details'), answer.outcome);
  }
  for (const lead of [unreadable('Prost'), ...others]) await send(lead);
  assert.equal((await send(BEA)).replayed, true);
  assert.equal(
    (await send({ ...unreadable('Prost'), telephone: '0612345604' })).outcome,
    'accepted',
  );
  const { rows } = await sql<{ nom: string; outcome: string }>`
    select lead.draft ->> 'nom' as nom, lead.outcome from lead order by 1`.execute(database.db);
  assert.deepEqual(
    rows.map(({ nom, outcome }) => `${nom} ${outcome}`),
    ['Marchand accepted', 'Prost accepted', 'Quint quarantined', 'Roux quarantined'],
  );
});

test('a lead that is mended is the same one: its telephone, its address, or its name', async () => {
  const first = await send({ ...ADA, telephone: '0612345602' });
  const mended: object[] = [
    { telephone: '0612345603' },
    { email: 'ada@example.org', telephone: '0612345602', nom: 'Byron' },
    { email: 'ada.l@example.org', nom: 'ADA', prenom: 'Lovelace' },
    { email: undefined, telephone: undefined, nom: 'Byron' },
  ];
  for (const change of mended) {
    const again = await send({ ...ADA, ...change });
    assert.ok(again.replayed, JSON.stringify(change));
    assert.equal(again.action_id, first.action_id);
  }
});

test('what an operator put right is not brought back by its sender', async () => {
  const lead = { ...ADA, programme: 145 };
  await sql`update source set paused_at = now()`.execute(database.db);
  await send(lead);
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(database.db);
  const { id } = found.rows[0] ?? assert.fail();
  const right = { nom: 'Byron', email: 'a.byron@example.com' };
  const correction = { ...right, programme: String(OTHER) };
  const released = await release(database, id, correction, { by: 'staff:1' });
  assert.equal(released?.outcome, 'accepted');
  await sql`update source set paused_at = null`.execute(database.db);
  // As it was sent, and mended as the operator mended it.
  for (const again of [await send(lead), await send({ ...lead, ...right, programme: OTHER })]) {
    assert.deepEqual([again.replayed, again.action_id], [true, released.action_id]);
  }
  const bea = await send({ ...BEA, programme: 145 });
  assert.equal(bea.replayed, false);
});

test('what an operator put right of a lead that waits stays where its sender mends something else', async () => {
  const lead = { externalId: '1', nom: 'Lovelace', prenom: 'Ada', telephone: '06 12' };
  assert.equal((await send(lead)).outcome, 'quarantined');
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(database.db);
  const correction = { programme: String(OTHER), nom: 'Byron', prenom: 'Augusta' };
  const { id } = found.rows[0] ?? assert.fail();
  const released = await release(database, id, correction, { by: 'staff:1' });
  assert.equal(released?.outcome, 'quarantined');
  // What the sender says otherwise now is what they say.
  const mended = await send({ ...lead, nom: 'King', telephone: '0612345605' });
  assert.equal(mended.outcome, 'accepted');
  const { rows } = await sql`
    select action.id_programme, prospect.nom, prospect.prenom, prospect.telephone
    from action join prospect on prospect.id = action.id_prospect
    where action.id = ${mended.action_id}`.execute(database.db);
  assert.deepEqual(rows, [
    { id_programme: OTHER, nom: 'King', prenom: 'Augusta', telephone: '+33612345605' },
  ]);
});

test('where the first was put away, or its person erased, the second is none the less kept', async () => {
  await send({ ...ADA, programme: 'Nowhere' });
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(database.db);
  assert.ok(await discard(database, found.rows[0]?.id ?? 0, 'a test', 'staff:1'));
  assert.equal((await send({ ...ADA, programme: 'Nowhere' })).replayed, true);
  const bea = await send(BEA);
  assert.equal(bea.outcome, 'accepted');

  const erased = await send({ ...ADA, externalId: '2' });
  const erasure = { prospect: erased.prospect_id ?? 0, reason: 'asked', by: 'staff:1' };
  await eraseProspect(database, erasure);
  assert.equal((await send({ ...ADA, externalId: '2' })).replayed, true);
  const beside = await send({ ...BEA, externalId: '2' });
  assert.deepEqual([beside.replayed, beside.prospect_id], [false, bea.prospect_id]);
  assert.ok((await send({ ...BEA, externalId: '2' })).replayed);
});

test('six persons at the same moment under one id are all kept', async () => {
  const people = Array.from({ length: 6 }, (_, nth) => ({
    ...{ externalId: '1', nom: `Personne ${'abcdef'[nth]}`, email: `p${nth}@example.com` },
  }));
  const answers = await Promise.all([...people, ...people].map(send));
  assert.equal(new Set(answers.map(({ prospect_id }) => prospect_id)).size, 6);
  assert.equal(new Set(answers.map(({ action_id }) => action_id)).size, 6);
  assert.equal(answers.filter(({ replayed }) => replayed).length, 6);
});
