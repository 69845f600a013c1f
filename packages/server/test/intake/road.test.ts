import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { exampleLead, type LeadAnswer } from '@relais/contract';
import { sql } from 'kysely';
import { release } from '../../src/intake/quarantine.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postForm, postJson, sendLead } from '../support/intake.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';

let server: TestServer;
let key: string;
let token: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  token = await makeSource(server, 'site', 'json', { id_origine: 1, id_type_contact: 1 });
  await server.send(key, { operation: 'pullContacts' });
});
after(() => server.close());

const pull = () => server.send(key, { operation: 'pullContacts' });
const send = (lead: object, headers?: Record<string, string>) =>
  sendLead(server.url, 'site', token, lead, headers);

test('the example of the contract becomes a contact of the next pull', async () => {
  const answer = await send(exampleLead.request);
  assert.equal(answer.outcome, 'accepted');
  const [contact, ...others] = contactsOf(await pull());
  assert.equal(others.length, 0);
  assert.equal(contact?.action_id, answer.action_id);
  assert.equal(contact?.prospect_id, 5002);
  assert.deepEqual(answer.matched_on, ['email', 'telephone']);
  assert.equal(contact?.prospect_telephone, '+33612345678');
  assert.equal(contact?.programme_nom, "Les Jardins de l'Aube");
  assert.equal(contact?.action_commentaire, 'Je souhaite visiter le T3 témoin.');
  assert.equal(contact?.source_reference, 'form-2026-001045');
  assert.equal(contact?.origine_designation, 'Website form');
});

test('a form post is in the next pull, whatever its encoding', async () => {
  const form = await makeSource(server, 'landing', 'form', { id_programme: 145 });
  for (const multipart of [false, true]) {
    const fields = { token: form, nom: 'Lefèvre', tel: `06 12 34 00 0${Number(multipart)}` };
    const reply = await postForm(server.url, 'landing', fields, { multipart });
    assert.equal(reply.text, '{"outcome":"received"}');
    const [contact] = contactsOf(await pull());
    assert.equal(contact?.prospect_nom, 'Lefèvre');
    assert.equal(contact?.prospect_telephone, `+3361234000${Number(multipart)}`);
  }
});

test('a lead that is sent again is told what became of it, and nothing is doubled', async () => {
  const lead = { externalId: 'again-1', email: 'again@example.com', programme: 145 };
  const first = await send(lead);
  const reply = await postJson(server.url, 'site', token, { ...lead, commentaire: 'other' });
  assert.deepEqual(JSON.parse(reply.text), first);
  assert.equal(reply.headers.get('idempotency-replayed'), 'true');
  assert.deepEqual(idsOf(await pull()), [first.action_id]);
});

test('the Idempotency-Key header names a lead that has no id of its own', async () => {
  const lead = { email: 'header@example.com', programme: 145 };
  const first = await send(lead, { 'Idempotency-Key': 'header-1' });
  const second = await send(lead, { 'Idempotency-Key': 'header-1' });
  assert.deepEqual(second, first);
  assert.equal(contactsOf(await pull())[0]?.source_reference, 'header-1');
});

test('the same programme within a day joins the open action, another is an action of its own', async () => {
  await sql`insert into programme (id, id_region, nom) values (146, 62, 'Le Clos')`.execute(
    server.main.db,
  );
  const person = { telephone: '0612341001', email: 'joins@example.com' };
  const first = await send({ ...person, programme: 145, commentaire: 'Bonjour' });
  const second = await send({ ...person, programme: 145, commentaire: 'Encore moi' });
  const third = await send({ telephone: '+33 6 12 34 10 01', programme: 'le clos' });
  assert.equal(second.outcome, 'merged');
  assert.equal(second.action_id, first.action_id);
  assert.equal(third.outcome, 'accepted');
  assert.notEqual(third.action_id, first.action_id);
  assert.equal(third.prospect_id, first.prospect_id);
  assert.deepEqual(third.matched_on, ['telephone']);
  const contacts = contactsOf(await pull());
  assert.deepEqual(
    contacts.map(({ action_id }) => action_id),
    [first.action_id, third.action_id],
  );
  assert.equal(contacts[0]?.action_commentaire, 'Bonjour\n\nEncore moi');
});

test('what a client has received takes in no more: the next enquiry is a contact of its own', async () => {
  const lead = { email: 'pulled@example.com', programme: 145, commentaire: 'Un' };
  const first = await send(lead);
  assert.deepEqual(idsOf(await pull()), [first.action_id]);
  const second = await send({ ...lead, commentaire: 'Deux' });
  assert.equal(second.outcome, 'accepted');
  const [contact] = contactsOf(await pull());
  assert.equal(contact?.action_id, second.action_id);
  assert.equal(contact?.action_commentaire, 'Deux');
});

test('an enquiry of the day before yesterday is not joined', async () => {
  const person = { email: 'days@example.com', programme: 145 };
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const first = await send({ ...person, createdAt: ago(49) });
  const second = await send({ ...person, createdAt: ago(24.5) });
  const third = await send({ ...person, createdAt: ago(1) });
  assert.equal(second.outcome, 'accepted');
  assert.equal(third.action_id, second.action_id);
  assert.notEqual(first.action_id, second.action_id);
  const [oldest] = contactsOf(await pull());
  assert.match(oldest?.action_date ?? '', new RegExp(`^${ago(49).slice(0, 13)}`));
});

test('a lead that wants qualifying waits, and is handed out once a source or an operator says so', async () => {
  const slow = await makeSource(server, 'slow', 'json', { id_statut: QUALIFY, id_programme: 145 });
  const lead = { email: 'qualify@example.com' };
  const held = await postJson(server.url, 'slow', slow, lead);
  assert.equal(JSON.parse(held.text).outcome, 'accepted');
  assert.deepEqual(idsOf(await pull()), []);
  const joined = await send({ ...lead, programme: 145 });
  assert.equal(joined.outcome, 'merged');
  assert.deepEqual(idsOf(await pull()), [joined.action_id]);
});

test('a telephone that can not be read is kept as typed, and the lead wants a look', async () => {
  const careful = await makeSource(server, 'careful', 'json', {
    id_programme: 145,
    id_statut_review: QUALIFY,
  });
  const lead = { telephone: '06 12 34', email: 'typo@example.com' };
  const answer = await sendLead(server.url, 'careful', careful, lead);
  assert.deepEqual(
    answer.reasons.map(({ code }) => code),
    ['telephone_unreadable'],
  );
  const stored = await sql<{ telephone: string; id_statut: number }>`
    select prospect.telephone, action.id_statut from action
    join prospect on prospect.id = action.id_prospect
    where action.id = ${answer.action_id}`.execute(server.main.db);
  assert.deepEqual(stored.rows, [{ telephone: '06 12 34', id_statut: QUALIFY }]);
});

test('a programme that nobody knows suggests one that is like it, however long, and no other', async () => {
  const long = 'Résidence du Parc et des Jardins de la Vallée, première tranche';
  await sql`insert into programme (id, id_region, nom) values (147, 62, ${long})`.execute(
    server.main.db,
  );
  const suggested = async (programme: string) =>
    (await send({ email: 'long@example.com', programme })).reasons[0]?.suggestion;
  assert.equal(await suggested(`Residance ${long.slice(10)}`), `Peut-être « ${long} » (147)`);
  assert.equal(await suggested('z'.repeat(400)), undefined);
});

test('a programme that nobody knows is never replaced by the default of the source', async () => {
  const shown = await makeSource(server, 'fair', 'json', { id_programme: 145 });
  const post = async (programme?: string) => {
    const lead = { email: 'fair@example.com', programme };
    return JSON.parse((await postJson(server.url, 'fair', shown, lead)).text) as LeadAnswer;
  };
  const unknown = await post('Le Clos des Vignes');
  assert.deepEqual(
    [unknown.outcome, unknown.reasons.map(({ code }) => code)],
    ['quarantined', ['unknown_programme']],
  );
  assert.equal((await post()).outcome, 'accepted');
  await pull();
});

test('a lead that names two programmes goes to neither client before an operator chose', async () => {
  await sql`insert into programme (id, id_region, nom) values (148, 30, 'Villa Marina')`.execute(
    server.main.db,
  );
  const choosing = await makeSource(server, 'choosing', 'form', { id_programme: 145 });
  const post = (programmes: readonly string[], email: string) => {
    const fields = new URLSearchParams({ token: choosing, email });
    for (const programme of programmes) fields.append('programme', programme);
    return fetch(`${server.url}/intake/v1/choosing`, { method: 'POST', body: fields });
  };
  const two = ["Les Jardins de l'Aube", 'Villa Marina'];
  assert.equal((await post(two, 'two@example.com')).status, 200);
  assert.deepEqual(idsOf(await pull()), []);
  const waiting = await sql<{ id: number; reasons: object[] }>`
    select lead.id, lead.reasons from lead where lead.draft ->> 'email' = 'two@example.com'`.execute(
    server.main.db,
  );
  const [lead] = waiting.rows;
  assert.ok(lead);
  assert.deepEqual(lead.reasons, [
    {
      code: 'unknown_programme',
      suggestion:
        "Plusieurs programmes sont nommés : « Les Jardins de l'Aube » (145), « Villa Marina » (148)",
    },
  ]);
  const by = { by: 'command:test' };
  const unchosen = await release(server.main, lead.id, {}, by);
  assert.equal(unchosen?.outcome, 'quarantined');
  const chosen = await release(server.main, lead.id, { programme: '145' }, by);
  assert.equal(chosen?.outcome, 'accepted');
  const [contact] = contactsOf(await pull());
  assert.equal(contact?.programme_id, 145);
  assert.equal(contact?.action_commentaire, 'programme : Villa Marina');

  // The same one twice, and a text that nobody knows, are no choice.
  await post(["Les Jardins de l'Aube", '145'], 'one@example.com');
  await post(["Les Jardins de l'Aube", 'T3 avec balcon'], 'other@example.com');
  assert.equal(idsOf(await pull()).length, 2);
});

test('a programme under another usual name is not replaced by the default of the source', async () => {
  const shown = await makeSource(server, 'usual', 'json', { id_programme: 145 });
  for (const name of [
    'Programme souhaité',
    'programmeChoisi',
    'programme_interesse',
    'programmes',
  ]) {
    const lead = { email: 'usual@example.com', [name]: 'Le Clos des Vignes' };
    const answer = JSON.parse((await postJson(server.url, 'usual', shown, lead)).text);
    assert.equal(answer.outcome, 'quarantined', name);
  }
});

test('of several telephones and addresses the first that can be read is taken, and all are kept', async () => {
  const answer = await send({
    ...{ nom: 'Roux', programme: 145, 'Tél. fixe': '-', Mobile: '0692 12 34 60' },
    ...{ 'Téléphone domicile': '01 42 34 56 78', email: 'néant', 'E-mail pro': 'roux@example.com' },
  });
  assert.equal(answer.outcome, 'accepted');
  assert.deepEqual(answer.reasons, []);
  const [contact] = contactsOf(await pull());
  assert.equal(contact?.prospect_telephone, '+262692123460');
  assert.equal(contact?.prospect_email, 'roux@example.com');
  assert.equal(
    contact?.action_commentaire,
    'Tél. fixe : -\nTéléphone domicile : 01 42 34 56 78\nemail : néant',
  );
});

test('the same id from two sources is two leads', async () => {
  const shown = await makeSource(server, 'other', 'json', { id_programme: 145 });
  const lead = { externalId: 'shared-1', programme: 145 };
  const mine = await send({ ...lead, email: 'shared-a@example.com' });
  const theirs = await postJson(server.url, 'other', shown, {
    ...lead,
    email: 'shared-b@example.com',
  });
  assert.equal(theirs.headers.get('idempotency-replayed'), null);
  const { action_id } = JSON.parse(theirs.text) as LeadAnswer;
  assert.notEqual(action_id, mine.action_id);
  // Each is told of its own.
  const again = await postJson(server.url, 'other', shown, lead);
  assert.equal(JSON.parse(again.text).action_id, action_id);
  assert.equal((await send(lead)).action_id, mine.action_id);
  await pull();
});

test('what a known person gives otherwise is told to the client, and replaces nothing', async () => {
  const first = await send({ nom: 'Martin', telephone: '0612342001', programme: 145 });
  await pull();
  const second = await send({
    ...{ nom: 'Durand', telephone: '0612342001', email: 'durand@example.com', programme: 145 },
  });
  assert.equal(second.prospect_id, first.prospect_id);
  assert.deepEqual(
    second.reasons.map(({ code }) => code),
    ['details_differ'],
  );
  const [contact] = contactsOf(await pull());
  assert.equal(contact?.prospect_nom, 'Martin');
  assert.equal(contact?.prospect_email, 'durand@example.com');
  assert.match(contact?.action_commentaire ?? '', /Nom donné cette fois : Durand/);
});

test('an address that differs by a sign alone, and a message that is part of another, are told', async () => {
  const lead = { nom: 'Dupont', telephone: '0612342002', programme: 145 };
  const first = 'Bonjour, oui le T2 ou le T3.';
  await send({ ...lead, email: 'j.dupont@orange.fr', commentaire: first });
  await send({ ...lead, email: 'jdupont@orange.fr', commentaire: 'le T3' });
  await send({ ...lead, email: 'J.DUPONT@orange.fr', commentaire: 'le T3' });
  const again = await send({ ...lead, telephone: '+33 (0)6 12 34 20 02', commentaire: first });
  assert.deepEqual(again.reasons, []);
  const unreadable = await send({ ...lead, email: 'j dupont@orange.fr', commentaire: 'le T3' });
  const codes = unreadable.reasons.map(({ code }) => code);
  assert.deepEqual(codes, ['email_unreadable', 'details_differ']);
  const [contact] = contactsOf(await pull());
  assert.deepEqual(contact?.action_commentaire?.split('\n\n'), [
    first,
    'le T3',
    'E-mail donné cette fois : jdupont@orange.fr',
    'le T3',
    'E-mail donné cette fois : j dupont@orange.fr',
  ]);
});

test('a telephone and an e-mail address of two persons are told, and the e-mail address decides', async () => {
  const one = await send({ telephone: '0612343001', programme: 145 });
  const two = await send({ email: 'two@example.com', programme: 145 });
  const both = await send({ telephone: '0612343001', email: 'two@example.com', programme: 145 });
  assert.equal(both.prospect_id, two.prospect_id);
  assert.notEqual(one.prospect_id, two.prospect_id);
  assert.ok(both.reasons.some(({ code }) => code === 'two_prospects'));
  await pull();
});

test('loaded contacts and leads are one queue, in the order in which they became ready', async () => {
  const lead = await send({ email: 'queue@example.com', programme: 145 });
  await sql`
    insert into action (id_prospect, id_programme, id_region, id_statut, ready_at)
    values (5002, 145, 30, ${READY}, clock_timestamp() - interval '1 hour')`.execute(
    server.main.db,
  );
  assert.equal(idsOf(await pull()).at(-1), lead.action_id);
});

test('a programme is found whether its name is written with a ligature or without', async () => {
  await sql`
    insert into programme (id, id_region, nom) values
      (151, 62, 'Cœur Boisé'), (152, 62, 'Coeur de Ville'), (153, 62, 'Cœur de Ville')`.execute(
    server.main.db,
  );
  const names = ['COEUR BOISE', 'cœur boisé', 'Coeur-de-ville', 'CŒUR-DE-VILLE'];
  for (const programme of names) await send({ email: 'ligature@example.com', programme });
  const found = contactsOf(await pull()).map(({ programme_id }) => programme_id);
  assert.deepEqual(found, [151, 152, 153]);
});

test('a family name that an operator puts right takes the place of that in the full name', async () => {
  const { outcome } = await send({ fullName: 'Mme Ada Lovelace', programme: 145 });
  assert.equal(outcome, 'quarantined');
  const waiting = await sql<{ id: number }>`
    select lead.id from lead where lead.draft ? 'nom_complet'`.execute(server.main.db);
  const right = { nom: 'Byron', email: 'byron@example.com' };
  await release(server.main, waiting.rows[0]?.id ?? 0, right, { by: 'command:test' });
  const [contact] = contactsOf(await pull());
  assert.deepEqual(
    [contact?.prospect_civilite, contact?.prospect_prenom, contact?.prospect_nom],
    ['Mme', 'Ada', 'Byron'],
  );
});
