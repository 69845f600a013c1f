import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { operatorOperations } from '@relais/contract';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { PULLED, programmeOf, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
});

type Parameters = z.input<(typeof operatorOperations)['searchContacts']['request']>;

const search = (parameters: Parameters = {}) =>
  operator.call('searchContacts', parameters, { database: database.nom });
const found = async (parameters: Parameters): Promise<number[]> =>
  (await search(parameters)).items.map((contact) => contact.action_id);
const refused = (parameters: Parameters) =>
  operator.call('searchContacts', parameters, {
    database: database.nom,
    expect: 'invalid_parameter',
  });

/** Three persons with an action each. */
async function loadPeople() {
  const { actions: _, prospects = [], ...rest } = publishedCrm();
  const about = { idProgramme: 145, idStatut: READY };
  await loadInto(database, {
    ...rest,
    prospects: [
      ...prospects,
      { id: 5003, nom: 'Lefèvre-Gonçalves', prenom: 'Cœlia', telephone: '06 99 88 77' },
      { id: 5004, nom: 'O’Connor', prenom: 'Zoë', telephone: '+262692123456' },
    ],
    actions: [
      { id: 1045, idProspect: 5002, ...about },
      { id: 1046, idProspect: 5003, ...about, commentaire: 'Un T3 à 100 %, réf. A_12\\B' },
      { id: 1047, idProspect: 5004, ...about, commentaire: 'Élodie' },
    ],
  });
}

test('a fragment of a name is found whatever its accents and letter case', async () => {
  await loadPeople();
  for (const text of ['LEFEVRE', 'lefèvre', 'evre-gonc', 'Gonçalves', 'coelia', 'CŒLIA', 'oelia']) {
    assert.deepEqual(await found({ search: text }), [1046], text);
  }
  assert.deepEqual(await found({ search: "o'connor" }), [1047]);
  assert.deepEqual(await found({ search: 'ZOE' }), [1047]);
});

test('each word of a text has to be found, in whatever order', async () => {
  await loadPeople();
  assert.deepEqual(await found({ search: 'jean dupont' }), [1045]);
  assert.deepEqual(await found({ search: 'Dupont  JEAN' }), [1045]);
  assert.deepEqual(await found({ search: 'jean lefevre' }), []);
  assert.deepEqual(await found({ search: 'zoe élodie' }), [1047]);
});

test('a telephone is found by its digits in any grouping', async () => {
  await loadPeople();
  const jean = ['0612345678', '06 12 34', '06.12.34.56.78', '+33 6 12 34', '+33 (0)6 12 34 56 78'];
  for (const text of [...jean, '0033 612345678', '345 678', '345-67']) {
    assert.deepEqual(await found({ search: text }), [1045], text);
  }
  assert.deepEqual(await found({ search: '0692 12 34' }), [1047], 'of an overseas department');
  assert.deepEqual(await found({ search: '06 99 88' }), [1046], 'that was kept as typed');
  assert.deepEqual(await found({ search: '699887' }), [1046], 'that was kept as typed');
});

test('an e-mail address and a commentaire are searched, and signs stand for themselves', async () => {
  await loadPeople();
  assert.deepEqual(await found({ search: 'N@email.c' }), [1045]);
  assert.deepEqual(await found({ search: '100 %' }), [1046]);
  assert.deepEqual(await found({ search: 'a_12\\b' }), [1046]);
  assert.deepEqual(await found({ search: 'e%n' }), []);
  assert.deepEqual(await found({ search: 'j__n' }), []);
});

test('a person is found by street, postcode and town, also when these are corrected', async () => {
  await loadPeople();
  await loadInto(database, {
    prospects: [
      {
        id: 5005,
        nom: 'Prévost',
        adresse: '7 bis, rue de l’Église',
        code_postal: '20137',
        ville: 'Porto-Vecchio',
      },
    ],
    actions: [{ id: 1048, idProspect: 5005, idProgramme: 145, idStatut: READY }],
  });
  for (const text of ['porto-vec', '20137', '20137 Porto', "rue de l'eglise", 'prevost vecchio']) {
    assert.deepEqual(await found({ search: text }), [1048], text);
  }
  const moved = { ville: 'Marseille', code_postal: '13008', reason: 'has moved' };
  await operator.call(
    'correctProspect',
    { prospectId: 5005, ...moved },
    { database: database.nom },
  );
  assert.deepEqual(await found({ search: 'porto-vec' }), []);
  assert.deepEqual(await found({ search: '13008 marseille' }), [1048]);
});

test('a number finds the action and the prospect that have it as id, besides telephones', async () => {
  await loadPeople();
  assert.deepEqual(await found({ search: '1046' }), [1046]);
  assert.deepEqual(await found({ search: '5004' }), [1047]);
  assert.deepEqual(await found({ search: '7' }), []);
  await loadInto(database, {
    prospects: [{ id: 7, nom: 'Sept' }],
    actions: [{ id: 612, idProspect: 7, idProgramme: 145, idStatut: READY }],
  });
  assert.deepEqual(await found({ search: '7' }), [612]);
  assert.deepEqual((await found({ search: '612' })).sort(), [1045, 612].sort());
});

test('less than three characters are refused, but for an id', async () => {
  const sentence = await refused({ search: 'ab' });
  assert.match(sentence, /"search": must be at least 3 characters, or an id/);
  await refused({ search: '  ' });
  await refused({ search: 'abc\0' });
});

test('a server without pg_trgm finds the same, from the whole table', async () => {
  await loadPeople();
  await sql`drop extension pg_trgm cascade`.execute(database.db);
  assert.deepEqual(await found({ search: 'lefevre' }), [1046]);
  assert.deepEqual(await found({ search: '06 12 34' }), [1045]);
});

test('what a lead adds and what a correction changes is found from then on', async () => {
  await loadInto(database, publishedCrm());
  const nom = `site-${database.nom}`;
  const token = await makeSource(server, nom, 'json', { database, id_programme: 145 });
  const lead = { nom: 'Martin', telephone: '06 98 12 34 56', commentaire: 'Premier message' };
  await postJson(server.url, nom, token, lead);
  await postJson(server.url, nom, token, { ...lead, commentaire: 'Deuxième message' });
  const { items } = await search({ search: 'deuxieme message' });
  const [first] = items;
  assert.ok(first);
  assert.deepEqual(await found({ search: '0698123456' }), [first.action_id]);
  const fields = { nom: 'Durand', telephone: null, reason: 'misheard' };
  const at = { database: database.nom };
  await operator.call('correctProspect', { prospectId: first.prospect_id, ...fields }, at);
  assert.deepEqual(await found({ search: 'martin' }), []);
  assert.deepEqual(await found({ search: '0698123456' }), []);
  assert.deepEqual(await found({ search: 'durand premier' }), [first.action_id]);
});

test('filters narrow what is found, alone and together', async () => {
  await loadInto(database, queueCrm(6));
  const key = await server.key('Promoteur X', { database, regions: [30] });
  await server.send(key.text, { operation: 'pullContacts', limit: 1 });
  await sql`update action set id_statut = ${QUALIFY} where action.id = 2`.execute(database.db);
  const client = await database.db
    .selectFrom('client')
    .select('client.id')
    .executeTakeFirstOrThrow();

  assert.deepEqual(await found({ regionIds: [62] }), [6, 4, 2]);
  assert.deepEqual(await found({ statutIds: [QUALIFY, PULLED] }), [2, 1]);
  assert.deepEqual(await found({ programmeIds: [programmeOf(30)], statutIds: [READY] }), [5, 3]);
  assert.deepEqual(await found({ pulled: true }), [1]);
  assert.deepEqual(await found({ pulled: false, regionIds: [30] }), [5, 3]);
  assert.deepEqual(await found({ clientIds: [client.id] }), [1]);
  assert.deepEqual(await found({ clientIds: [client.id], pulled: false }), []);
  const [from, to] = ['2026-01-01T00:00:02Z', '2026-01-01T01:00:04+01:00'];
  assert.deepEqual(await found({ from, to }), [3, 2]);
  assert.deepEqual(await found({ search: 'nom', from, to, regionIds: [30] }), [3]);
});

test('a source finds the contacts that its leads made or joined', async () => {
  await loadInto(database, publishedCrm());
  const names = [`portail-${database.nom}`, `salon-${database.nom}`] as const;
  const options = { database, id_programme: 145 };
  const token = await makeSource(server, names[0], 'json', options);
  await makeSource(server, names[1], 'json', options);
  await postJson(server.url, names[0], token, { email: 'new@example.com', nom: 'Neuf' });
  const page = await search({ sources: [names[0]] });
  assert.deepEqual(
    page.items.map((contact) => [contact.prospect_nom, contact.source]),
    [['Neuf', names[0]]],
  );
  assert.deepEqual(await found({ sources: [names[1]] }), []);
  assert.equal((await search({ search: 'dupont' })).items[0]?.source, null);
});

test('each order is read page by page, without a gap and nothing twice', async () => {
  await loadInto(database, queueCrm(23));
  await server.key('Promoteur X', { database });
  await sql`update action set id_statut = ${QUALIFY} where action.id in (4, 9)`.execute(
    database.db,
  );
  await sql`
    update action set ready_at = '2026-01-01T00:00:05.000001Z', created_at = '2026-02-01'
    where action.id in (5, 6, 7)`.execute(database.db);
  const all = Array.from({ length: 23 }, (_, index) => index + 1);
  const others = all.filter((id) => ![5, 6, 7].includes(id));
  const orders = {
    oldest: [...others, 5, 6, 7],
    newest: [7, 6, 5, ...others.toReversed()],
    longest_ready: all.filter((id) => id !== 4 && id !== 9),
  };
  for (const sort of ['oldest', 'newest', 'longest_ready'] as const) {
    const expected = orders[sort];
    for (const text of [{}, { search: 'nom' }]) {
      const read: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await search({ sort, ...text, limit: 4, ...(cursor && { cursor }) });
        assert.equal(page.total, expected.length);
        read.push(...page.items.map((contact) => contact.action_id));
        cursor = page.next ?? undefined;
      } while (cursor);
      assert.deepEqual(read, expected, sort);
    }
  }
  await refused({ cursor: 'not a place' });
});

test('a total is counted up to 10 000, and pages of a frequent word are read in order', async () => {
  await loadInto(database, queueCrm(10_010));
  await server.key('Promoteur X', { database });
  const asked: Parameters[] = [
    { sort: 'oldest' },
    { search: 'nom', sort: 'oldest' },
    { search: 'nom', sort: 'longest_ready' },
  ];
  for (const parameters of asked) {
    const page = await search({ ...parameters, limit: 3 });
    assert.deepEqual([page.total, page.more], [10_000, true]);
    assert.deepEqual(
      page.items.map((contact) => contact.action_id),
      [1, 2, 3],
    );
    assert.ok(page.next);
    const next = await search({ ...parameters, limit: 3, cursor: page.next });
    assert.deepEqual(
      next.items.map((contact) => contact.action_id),
      [4, 5, 6],
    );
  }
  assert.deepEqual(await found({ search: 'nom 10009' }), [10_009]);
});

test('who looked at whom is in the audit', async () => {
  await loadPeople();
  await search({ search: 'dupont' });
  await search({ search: 'nobody at all' });
  const read = await sql<{ actor: string; detail: unknown }>`
    select audit.actor, audit.detail from audit where audit.act = 'person.read'`.execute(
    database.db,
  );
  assert.deepEqual(read.rows, [
    { actor: `staff:${operator.staff.id}`, detail: { prospects: [5002] } },
  ]);
});

test('a page behind the last, which a cursor can be made for, tells of nobody', async () => {
  await loadPeople();
  const place = Buffer.from('searchContacts 1999-12-31T00:00:00.000000Z 1').toString('base64url');
  const sought = { search: 'jean@email.com', sort: 'newest', cursor: place } as const;
  assert.equal((await search({ ...sought, cursor: undefined })).total, 1);
  const page = await search(sought);
  assert.deepEqual(page, { items: [], next: null, total: 0, more: false });
});

test('a hostile text is data: it is found, and comes back unchanged', async () => {
  const nom = `<script>alert(1)</script>'; drop table action; -- \u202e%_\\`;
  const { prospects, ...rest } = queueCrm(2);
  await loadInto(database, { ...rest, prospects: [{ id: 1, nom }, ...(prospects ?? []).slice(1)] });
  for (const text of ["<script>alert(1)</script>';", 'drop table', '%_\\']) {
    const { items } = await search({ search: text });
    assert.deepEqual(
      items.map((contact) => contact.prospect_nom),
      [nom],
    );
  }
});

test('the filters that lists have are told in one answer', async () => {
  await loadInto(database, publishedCrm());
  await server.key('Promoteur X', { database });
  const choices = await operator.call('listFilters', {}, { database: database.nom });
  assert.deepEqual(
    choices.statuts.map(({ designation, ready }) => [designation, ready]),
    [
      ['À qualifier', false],
      ['À transmettre', true],
      ['Transmis', false],
    ],
  );
  assert.deepEqual(choices.programmes, [
    { id: 145, nom: "Les Jardins de l'Aube", ville: null, region_id: 30 },
  ]);
  assert.deepEqual(
    [choices.regions.length, choices.clients[0]?.nom, choices.origines.length],
    [2, 'Promoteur X', 1],
  );
});
