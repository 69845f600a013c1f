import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { discard } from '../../src/intake/quarantine.ts';
import { tryImport } from '../../src/intake/tryImport.ts';
import { contactsOf, freshServer, type TestServer } from '../support/server.ts';
import { BY, leadsOf, type UndoBench, undoBench } from '../support/undoing.ts';

// A file that was imported, taken back but for some of its rows, and is imported anew. None of its
// rows has an id by which it would be known.

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const ROWS = [
  { nom: 'Bey', telephone: '0612346200', message: 'T2' },
  { nom: 'Diop', telephone: '0612346201', message: 'T3' },
  { nom: 'Roux' },
];

const namesOf = async (bench: UndoBench, limit?: number) =>
  contactsOf(await bench.pull(limit)).map(({ prospect_nom }) => prospect_nom);

/** A file of which a client has received the first row, an operator has put the last one away. */
async function takenBack(t: TestContext) {
  const bench = await undoBench(server, t);
  const file = await bench.write(ROWS);
  const id = await bench.path(file);
  assert.deepEqual(await namesOf(bench, 1), ['Bey']);
  const waiting = await sql<{ id: number }>`
    select lead.id from lead where lead.outcome = 'quarantined'`.execute(bench.db);
  assert.ok(await discard(bench.database, waiting.rows[0]?.id ?? 0, 'no contact details', BY));
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 2 });
  return { ...bench, file };
}

test('what a client has received is not handed out again, and what was put away stays away', async (t) => {
  const bench = await takenBack(t);
  const heard: boolean[] = [];
  await tryImport(bench.database, await bench.find(), await bench.plan(bench.file), (row) => {
    heard.push(row.admission.repeated);
  });
  assert.deepEqual(heard, [true, false, true]);
  const again = await bench.path(bench.file);
  assert.deepEqual(await leadsOf(bench, again), ['accepted']);
  assert.deepEqual(await namesOf(bench), ['Diop']);
  // And likewise after any further one.
  assert.deepEqual(await bench.undo(again), { undone: 0, kept: 1 });
  assert.deepEqual(await leadsOf(bench, await bench.path(bench.file)), []);
  assert.deepEqual(await namesOf(bench), []);
});

test('a row that is about another programme now, or is read otherwise, comes in', async (t) => {
  const bench = await takenBack(t);
  const { db, source } = bench;
  await sql`update source set id_programme = 146 where source.nom = ${source}`.execute(db);
  const other = await bench.path(bench.file);
  assert.deepEqual(await leadsOf(bench, other), ['accepted', 'accepted']);
  assert.deepEqual(await bench.undo(other), { undone: 2, kept: 0 });
  await sql`
    update source set id_programme = 145,
      columns = source.columns || '{"message": "utm_source"}' where source.nom = ${source}`.execute(
    db,
  );
  assert.deepEqual(await leadsOf(bench, await bench.path(bench.file)), ['accepted', 'accepted']);
});
