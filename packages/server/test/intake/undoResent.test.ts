import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { planImport } from '../../src/intake/file/planImport.ts';
import { importFile } from '../../src/intake/importFile.ts';
import { findSource } from '../../src/store/sources.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { actionOf, actionsOf, BY, type UndoBench, undoBench } from '../support/undoing.ts';
import { crossing, whileHeld } from '../support/waiting.ts';

// Files that are imported into a source of another channel, and taken back.

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

/** The same, with a program whose leads a file has, too. */
async function fresh(t: TestContext) {
  const bench = await undoBench(server, t);
  const { database, db } = bench;
  const nom = `${bench.source}-partner`;
  const token = await makeSource(server, nom, 'json', { database, id_programme: 145 });
  return {
    ...bench,
    sends: (lead: object) => sendLead(server.url, nom, token, lead),
    async exported(...rows: Parameters<UndoBench['imports']>) {
      const source = (await findSource(db, nom)) ?? assert.fail();
      const plan = await planImport(await bench.write(rows), source);
      return (await importFile(database, source, plan, { by: BY })).import;
    },
  };
}

test('a lead that its sender sent as well stays when a file that had it first is taken back', async (t) => {
  const bench = await fresh(t);
  const id = await bench.exported(
    { id: 'p-1', nom: 'Bey', telephone: '0612349000' },
    { id: 'p-2', nom: 'Diop', telephone: '0612349001' },
  );
  const sent = await bench.sends({ externalId: 'p-1', nom: 'Bey', telephone: '0612349000' });
  assert.equal(sent.outcome, 'accepted');
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 1 });
  assert.deepEqual(await actionsOf(bench), ['Bey']);
  assert.deepEqual(idsOf(await bench.pull()), [sent.action_id]);
});

test('a message that its sender sent as well stays in the action that it joined', async (t) => {
  const bench = await fresh(t);
  const first = await bench.sends({ nom: 'Bey', telephone: '0612349002', commentaire: 'T3' });
  const id = await bench.exported(
    { id: 'p-3', telephone: '0612349002', message: 'Or a T4' },
    { id: 'p-4', telephone: '0612349002', message: 'On Monday' },
  );
  const again = { externalId: 'p-3', telephone: '0612349002', commentaire: 'Or a T4' };
  assert.equal((await bench.sends(again)).action_id, first.action_id);
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 1 });
  assert.equal((await actionOf(bench, first.action_id))?.commentaire, 'T3\n\nOr a T4');
});

test('a lead that its sender sent first waits again when a file that corrected it is taken back', async (t) => {
  const bench = await fresh(t);
  const lead = { externalId: 'p-6', nom: 'Bey', telephone: '0612349004', programme: 'Elsewhere' };
  assert.equal((await bench.sends(lead)).outcome, 'quarantined');
  const id = await bench.exported({ id: 'p-6', nom: 'Bey', telephone: '0612349004' });
  assert.equal((await bench.sends({ ...lead, programme: 145 })).outcome, 'accepted');
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  assert.deepEqual(await actionsOf(bench), []);
  assert.equal((await bench.sends(lead)).outcome, 'quarantined');
});

test('a lead that was postponed and that a file corrected is tried again when the file is taken back', async (t) => {
  const bench = await fresh(t);
  const { db } = bench;
  const postponed = async () => (await sql`select from postponed_lead`.execute(db)).rows.length;
  const row = { id: 'p-7', nom: 'Bey', telephone: '0612349005', programme: '146' };
  const id = await whileHeld(db, sql`select from programme where id = 145 for update`, async () => {
    const lead = { externalId: 'p-7', nom: 'Bey', telephone: '0612349005' };
    const { reasons } = await bench.sends(lead);
    assert.deepEqual(
      reasons.map(({ code }) => code),
      ['postponed'],
    );
    return bench.exported(row);
  });
  while ((await postponed()) > 0) await delay(100);
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  assert.deepEqual(await actionsOf(bench), []);
  while ((await postponed()) > 0) await delay(100);
  assert.deepEqual(await actionsOf(bench), ['Bey']);
});

test('a lead that is sent while the file that had it is taken back comes in', async (t) => {
  const bench = await fresh(t);
  const lead = { nom: 'Bey', telephone: '0612349003' };
  const id = await bench.exported({ id: 'p-5', ...lead });
  const [undone, sent] = await crossing(
    bench.db,
    sql`select from action where action.id <> 1045 for update`,
    () => bench.undo(id),
    () => bench.sends({ externalId: 'p-5', ...lead }),
  );
  assert.deepEqual(undone, { undone: 1, kept: 0 });
  assert.equal(sent.outcome, 'accepted');
  assert.deepEqual(await actionsOf(bench), ['Bey']);
  const { rows } = await sql`select from lead where lead.external_id = 'p-5'`.execute(bench.db);
  assert.equal(rows.length, 1);
});
