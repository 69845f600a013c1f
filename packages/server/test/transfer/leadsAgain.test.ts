import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LeadAnswer, LoadDocument } from '@relais/contract';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { dump } from '../../src/transfer/dump.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, type SourceOptions, sendLead } from '../support/intake.ts';
import { contactsOf, freshServer, idsOf, type TestServer } from '../support/server.ts';

// What senders send again to a database that was loaded: its ledger of leads was left behind.

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const { actions: _, ...crm } = publishedCrm();
const marie = { nom: 'Curie', prenom: 'Marie', email: 'marie@example.com' };
const told = ({ outcome, action_id }: LeadAnswer) => [outcome, action_id];

/** A database of these data, with a source and a key of its own. */
async function bench(data: LoadDocument, rules: SourceOptions = {}) {
  const database = await server.create();
  await loadInto(database, data);
  const nom = `site-${database.nom}`;
  const token = await makeSource(server, nom, 'json', { database, id_programme: 145, ...rules });
  const { text: key } = await server.key('Promoteur X', { database });
  return {
    database,
    send: (lead: object) => sendLead(server.url, nom, token, { ...marie, ...lead }),
    ready: async () => idsOf(await server.send(key, { operation: 'readContacts' })),
    pull: async () => contactsOf(await server.send(key, { operation: 'pullContacts' })),
  };
}

async function dumped({ db }: CrmDatabase): Promise<LoadDocument> {
  let text = '';
  await dump(db, (part) => {
    text += part;
  });
  return JSON.parse(text) as LoadDocument;
}

test('a lead that is sent again after a dump was loaded is the contact that a client has received', async () => {
  const before = await bench(crm);
  const lead = { externalId: 'lead-1', commentaire: 'Je voudrais visiter.' };
  const { action_id } = await before.send(lead);
  assert.equal((await before.pull()).length, 1);

  const restored = await bench(await dumped(before.database));
  assert.deepEqual(told(await restored.send(lead)), ['merged', action_id]);
  assert.deepEqual(told(await restored.send(lead)), ['merged', action_id]);
  assert.deepEqual(await restored.ready(), []);

  const further = await restored.send({ externalId: 'lead-2', commentaire: 'Et le parking ?' });
  assert.equal(further.outcome, 'accepted');
  assert.deepEqual(await restored.ready(), [further.action_id]);
});

test('only the same person and programme make a lead the contact that was loaded under its id', async () => {
  const contact = { id: 7, idProspect: 8, idProgramme: 145, idStatut: 3, source_reference: '12' };
  const pulled = { ...contact, pulled_at: '2026-11-20T09:00:00Z' };
  const { send } = await bench({
    ...crm,
    programmes: [...(crm.programmes ?? []), { id: 146, idRegion: 62, nom: 'Le Clos' }],
    prospects: [{ id: 8, ...marie }],
    actions: [pulled],
  });
  assert.deepEqual(told(await send({ externalId: '12' })), ['merged', 7]);
  assert.equal((await send({ externalId: '12', programme: 'Le Clos' })).outcome, 'accepted');
  const emmy = { nom: 'Noether', prenom: 'Emmy', email: 'emmy@example.com' };
  assert.equal((await send({ externalId: '12', ...emmy })).outcome, 'accepted');
});

test('an id that two sources give to leads of one person is not that of a loaded contact', async () => {
  const { database, send, pull } = await bench(crm);
  await send({ externalId: '12', commentaire: 'Je voudrais visiter.' });
  await pull();
  const rules = { database, id_programme: 145 };
  const other = await makeSource(server, `other-${database.nom}`, 'json', rules);
  const lead = { ...marie, externalId: '12', commentaire: 'Rappelez-moi.' };
  const { outcome } = await sendLead(server.url, `other-${database.nom}`, other, lead);
  assert.equal(outcome, 'accepted');
});
