import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Contact } from '@relais/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { PULLED, programmeOf, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

const REGIONS = [30, 62, 11, 84];
const PER_DATABASE = 60;

let server: TestServer;
let databases: CrmDatabase[];

/** Every text of a database carries a canary of that database. */
async function plant(database: CrmDatabase): Promise<void> {
  const document = queueCrm(PER_DATABASE, REGIONS);
  const canary = (text: string) => `${text} <${database.nom}>`;
  for (const list of [document.regions, document.programmes]) {
    for (const record of list ?? []) record.nom = canary(record.nom);
  }
  for (const prospect of document.prospects ?? []) {
    prospect.nom = canary(String(prospect.id));
    prospect.email = `${prospect.id}@${database.nom}.example`;
  }
  for (const action of document.actions ?? []) action.commentaire = canary('message');
  for (const statut of document.statuts ?? []) statut.designation = canary(statut.designation);
  await loadInto(database, document);
}

before(async () => {
  server = await freshServer();
  databases = [server.main, await server.create('second'), await server.create('third')];
  for (const database of databases) await plant(database);
});
after(() => server.close());

interface Actor {
  readonly key: string;
  readonly database: CrmDatabase;
  readonly client: string;
  readonly regions: readonly number[];
  readonly ready: number;
}

const actor = fc.record({
  database: fc.nat({ max: 2 }),
  client: fc.nat({ max: 2 }),
  regions: fc.option(fc.subarray(REGIONS, { minLength: 1 }), { nil: null }),
  swapped: fc.boolean(),
});
const call = fc.record({
  actor: fc.nat({ max: 5 }),
  operation: fc.constantFrom(
    'getRegions',
    'getProgrammes',
    'readContacts',
    'pullContacts',
    'pullContacts',
    'getPulledContacts',
  ),
  limit: fc.integer({ min: 1, max: 9 }),
});

/** What may never be in an answer to this key: another database's, region's or client's. */
function assertOwn(who: Actor, reply: { status: number; text: string }, operation: string): void {
  assert.equal(reply.status, 200, reply.text);
  const marks = new Set(reply.text.match(/<\w+>/g));
  marks.delete(`<${who.database.nom}>`);
  assert.deepEqual([...marks], [], 'text of another database');
  const rows = JSON.parse(reply.text) as Record<string, unknown>[];
  for (const row of rows) {
    const region = (row.idRegion ?? row.region_id ?? row.id) as number;
    assert.ok(who.regions.includes(region), `region ${region}`);
    if (operation === 'readContacts') assert.equal(row.statut_id, who.ready);
    if (operation === 'getProgrammes') assert.equal(row.id, programmeOf(region));
  }
}

test('a key never sees another database, region or client, whatever keys and calls there are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(actor, { minLength: 6, maxLength: 6 }),
      fc.array(call, { minLength: 10, maxLength: 30 }),
      async (drawn, calls) => {
        for (const { db } of databases) {
          await sql`update action set id_statut = 1 + action.id % 3, pulled_at = null,
            id_client = null, id_pull = null`.execute(db);
          await sql`delete from pull_item`.execute(db);
          await sql`delete from pull`.execute(db);
        }
        const actors: Actor[] = [];
        for (const one of drawn) {
          const database = databases[one.database] as CrmDatabase;
          const client = `Promoteur ${one.client}`;
          const ready = one.swapped ? QUALIFY : READY;
          const { text } = await server.key(client, {
            database,
            regions: one.regions,
            id_statut_ready: ready,
            id_statut_pulled: PULLED,
          });
          actors.push({ key: text, database, client, regions: one.regions ?? REGIONS, ready });
        }
        // Whom each contact was given to.
        const holder = new Map<string, string>();
        for (const { actor: index, operation, limit } of calls) {
          const who = actors[index] as Actor;
          const paged = operation.includes('Contacts') ? { limit } : {};
          const reply = await server.send(who.key, { operation, ...paged });
          assertOwn(who, reply, operation);
          const mine = `${who.database.nom} ${who.client}`;
          const id = (contact: Contact) => `${who.database.nom} ${contact.action_id}`;
          if (operation === 'pullContacts') {
            for (const contact of contactsOf(reply)) {
              assert.ok(!holder.has(id(contact)), 'a contact in two pulls');
              holder.set(id(contact), mine);
            }
          }
          if (operation === 'getPulledContacts') {
            for (const contact of contactsOf(reply)) assert.equal(holder.get(id(contact)), mine);
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('a filter outside the scope is refused, naming the id, and changes nothing', async () => {
  const { text } = await server.key('Promoteur F', { regions: [30] });
  for (const parameters of [
    { regionIds: [30, 62] },
    { programmeIds: [programmeOf(62)] },
    { programmeIds: [programmeOf(30), programmeOf(62)] },
  ]) {
    const reply = await server.send(text, { operation: 'pullContacts', ...parameters });
    assert.equal(reply.status, 403);
    assert.match(reply.text, /\b(62|162)\b/);
  }
});

test('what an older system handed out is shown to every key of the region', async () => {
  const database = await server.create('older');
  const document = queueCrm(4);
  for (const action of document.actions ?? []) {
    action.idStatut = PULLED;
    action.pulled_at = new Date(Date.now() - action.id * 60_000).toISOString();
  }
  await loadInto(database, document);
  for (const client of ['Promoteur A', 'Promoteur B']) {
    const { text } = await server.key(client, { database, regions: [30] });
    const reply = await server.send(text, { operation: 'getPulledContacts' });
    assert.deepEqual(
      contactsOf(reply).map(({ action_id }) => action_id),
      [1, 3],
    );
  }
});

test('getPulledContacts reaches back 720 hours by the clock of the database, and no further', async () => {
  const database = await server.create('window');
  const document = queueCrm(3, [30]);
  const ages = [720 * 3600 - 60, 720 * 3600 + 60, 3600];
  for (const action of document.actions ?? []) {
    action.idStatut = PULLED;
    action.pulled_at = new Date(Date.now() - (ages[action.id - 1] ?? 0) * 1000).toISOString();
  }
  await loadInto(database, document);
  const { text } = await server.key('Promoteur A', { database });
  const ids = async (parameters: object) =>
    contactsOf(await server.send(text, { operation: 'getPulledContacts', ...parameters })).map(
      ({ action_id }) => action_id,
    );
  assert.deepEqual(await ids({}), [3, 1]);
  const [, , third] = document.actions ?? [];
  assert.deepEqual(await ids({ since: third?.pulled_at }), [3], 'at this time or later');
});

test('getPulledContacts is narrowed to a pull and to programmes, and holds what stands as pulled; getPullBatch all', async () => {
  const database = await server.create('narrowed');
  await loadInto(database, queueCrm(6));
  const { text } = await server.key('Promoteur A', { database });
  const pull = () => server.send(text, { operation: 'pullContacts', limit: 3 });
  const pullId = (await pull()).headers.get('pull-id');
  await pull();
  const ids = async (parameters: object) =>
    contactsOf(await server.send(text, { operation: 'getPulledContacts', ...parameters }))
      .map(({ action_id }) => action_id)
      .toSorted();
  assert.deepEqual(await ids({}), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await ids({ pullId }), [1, 2, 3]);
  assert.deepEqual(await ids({ programmeIds: [programmeOf(62)] }), [2, 4, 6]);
  await sql`update action set id_statut = ${QUALIFY} where id = 2`.execute(database.db);
  assert.deepEqual(await ids({ pullId }), [1, 3]);
  const batch = contactsOf(await server.send(text, { operation: 'getPullBatch', pullId }));
  assert.deepEqual(batch.map(({ action_id }) => action_id).toSorted(), [1, 2, 3]);
});
