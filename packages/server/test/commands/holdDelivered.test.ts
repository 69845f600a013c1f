import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { csvHeader, csvLine } from '../../../client/src/cli/csv.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let database: CrmDatabase;
let key: string;

before(async () => {
  server = await freshServer();
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  await loadInto(database, queueCrm(6));
  key = (await server.key('Promoteur X', { database })).text;
});

async function delivered(t: TestContext, file: string) {
  const path = join(await temporaryFolder(t), 'contacts');
  await writeFile(path, file);
  return relais(
    { DATABASE_URL: server.catalogUrl },
    ...['hold', 'delivered', database.nom, path, '--client', 'Promoteur X', '--json'],
  );
}

async function marked(): Promise<number[]> {
  const found = await sql<{ id: number }>`
    select id from action where pulled_at is not null order by id`.execute(database.db);
  return found.rows.map(({ id }) => id);
}

/** The first contact with another commentaire, as relais-client writes it. */
async function written(commentaire: string) {
  await sql`update action set commentaire = ${commentaire} where id = 1`.execute(database.db);
  const reply = await server.send(key, { operation: 'readContacts', limit: 1 });
  const [contact] = contactsOf(reply);
  assert.ok(contact);
  assert.deepEqual([contact.action_id, contact.action_commentaire], [1, commentaire]);
  return contact as typeof contact & Parameters<typeof csvLine>[0];
}

const hostile = 'Budget :\n3\n"4,5"\r\n{"action_id":6}\u2028{"action_id":6}\n5';

test('a number in the text of a contact marks no other contact, in CSV and in JSON Lines', async (t) => {
  const contact = await written(hostile);
  const csv = await delivered(t, csvHeader + csvLine(contact));
  assert.equal(csv.code, 0, csv.stderr);
  assert.equal(JSON.parse(csv.stdout).marked, 1);
  assert.deepEqual(await marked(), [1]);
  const json = await delivered(t, `${JSON.stringify(contact)}\n{"id":7,"action_id":"2"}`);
  assert.equal(json.code, 0, json.stderr);
  assert.deepEqual(await marked(), [1, 2]);
});

test('the answers that a client has kept are read as they are, one in a line', async (t) => {
  const answer = async (limit: number) =>
    (await server.send(key, { operation: 'readContacts', limit })).text;
  const kept = await delivered(t, `${await answer(2)}\n[]\n${await answer(3)}\n`);
  assert.equal(kept.code, 0, kept.stderr);
  assert.deepEqual(await marked(), [1, 2, 3]);
  for (const [file, sentence] of [
    [`${await answer(1)}\n[{"id":5}]`, /^Nothing .*Line 2: "action_id" is missing here/],
    ['[1,2]', /Line 1: "action_id" is missing here/],
    ['[\n{"action_id":4}\n]', /Line 1: this is not JSON: a record, or an array of records, is one/],
  ] as const) {
    const refused = await delivered(t, file);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, sentence);
  }
  assert.deepEqual(await marked(), [1, 2, 3]);
});

test('ids are read below the title action_id, in whichever column, or from the first cells', async (t) => {
  assert.equal((await delivered(t, '\uFEFFnom;action_id\r\n3;1\r\n"a;\r\n4";"2"\r\n')).code, 0);
  assert.deepEqual(await marked(), [1, 2]);
  assert.equal((await delivered(t, '\n3,Dupont\n\n4,"Le\n5"\n')).code, 0);
  assert.deepEqual(await marked(), [1, 2, 3, 4]);
});

const faulty: [what: string, file: string, line: number][] = [
  ['an id that is none', '1\n2\nno id\n', 3],
  ['titles without action_id', 'id;nom\n1;Dupont\n', 1],
  ['a first id that is too large to be told from others', '{"action_id":9007199254740993}\n', 1],
  ['a first line of JSON without an id', '{"id":1}\n{"action_id":2}\n', 1],
  ['a line that is no JSON', '{"action_id":1}\n3\n{"action_id":\n', 2],
  ['a text that was written without quotes', 'action_id,nom\n1,Budget\n3\n', 3],
  ['a quote that is never closed', 'action_id,nom\n1,Dupont\n2,"Martin\n3,Durand\n', 3],
];

for (const [what, file, line] of faulty) {
  test(`nothing is marked, and the line is told, of a file with ${what}`, async (t) => {
    const refused = await delivered(t, file);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, new RegExp(`^Nothing was marked: Line ${line}: .+\\.\\n$`));
    assert.doesNotMatch(refused.stderr, /Dupont|Martin|Budget|no id/);
    assert.deepEqual(await marked(), []);
  });
}

test('a fault far behind in a file leaves all of it unmarked', async (t) => {
  const lines = Array.from({ length: 2_500 }, (_, index) => `${index + 1}`);
  const refused = await delivered(t, [...lines, 'none'].join('\n'));
  assert.match(refused.stderr, /Line 2501/);
  assert.deepEqual(await marked(), []);
});

test('of thousands of contacts each is marked and counted once, also where a file names it twice', async (t) => {
  await sql`
    insert into action (id, id_prospect, id_programme, id_region, id_statut)
    select more.id, 1, own.id_programme, own.id_region, own.id_statut
    from action own, generate_series(7, 2500) more (id) where own.id = 1`.execute(database.db);
  const ids = Array.from({ length: 2_501 }, (_, index) => index + 1);
  const told = await delivered(t, [1, 2_500, ...ids].join('\n'));
  assert.deepEqual(JSON.parse(told.stdout), {
    ...{ marked: 2_500, known: 0, other: 0, not_ready: 0, unknown: 1 },
  });
  assert.deepEqual(await marked(), ids.slice(0, -1));
});

test('of a client without a key, as after a dump was loaded, nothing is told to be in order', async (t) => {
  await sql`delete from api_key`.execute(database.db);
  const told = await delivered(t, '1\n2\n');
  assert.equal(told.code, 1);
  assert.equal(told.stdout, '');
  assert.match(told.stderr, /"Promoteur X" has no key yet, .*: make it one first\. Nothing was/);
});

test('a client whose keys were revoked until it answers has marked what it has', async (t) => {
  await sql`update api_key set revoked_at = now()`.execute(database.db);
  assert.equal(JSON.parse((await delivered(t, '1\n2\n')).stdout).marked, 2);
  assert.deepEqual(await marked(), [1, 2]);
});

test("what is marked gets the statut that the client's latest key gives", async (t) => {
  await server.key('Promoteur X', { database, id_statut_pulled: QUALIFY });
  assert.equal((await delivered(t, '2\n')).code, 0);
  const { rows } = await sql`
    select action.id_statut, action.version from action where action.id = 2`.execute(database.db);
  // An operator who saw it before is told so by its version.
  assert.deepEqual(rows, [{ id_statut: QUALIFY, version: 2 }]);
});
