import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { readmit } from '../../src/intake/admit.ts';
import { lockLead } from '../../src/store/leads.ts';
import { undoLeads } from '../../src/store/undoImport.ts';
import { PULLED } from '../support/crm.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { actionsOf, BY, type UndoBench, undoBench } from '../support/undoing.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = (t: TestContext): Promise<UndoBench> => undoBench(server, t);

test('a contact that a pull takes while the undo waits for it stays', async (t) => {
  const bench = await fresh(t);
  const { db, imports, undo } = bench;
  const id = await imports(
    { nom: 'Taken', telephone: '0612348000' },
    { nom: 'Gone', telephone: '0612348001' },
  );
  const { undoing } = await db.transaction().execute(async (trx) => {
    await sql`
      update action set id_statut = ${PULLED}, pulled_at = now()
      where action.id = (select min(lead.id_action) from lead)`.execute(trx);
    const started = undo(id);
    await untilWaiting(db, 1);
    return { undoing: started };
  });
  assert.deepEqual(await undoing, { undone: 1, kept: 1 });
  assert.deepEqual(await actionsOf(bench), ['Taken']);
});

test('a pull passes over what is being undone', async (t) => {
  const { db, imports, pull } = await fresh(t);
  const id = await imports({ telephone: '0612348002' });
  await db.transaction().execute(async (trx) => {
    await undoLeads(trx, id);
    assert.deepEqual(idsOf(await pull()), []);
  });
  assert.deepEqual(idsOf(await pull()), []);
});

test('a lead that is released while the undo waits for it stays', async (t) => {
  const bench = await fresh(t);
  const { db, imports, undo } = bench;
  const id = await imports({ nom: 'Bey', telephone: '0612348003', programme: 'Elsewhere' });
  const source = await bench.find();
  const { undoing } = await db.transaction().execute(async (trx) => {
    const found = await sql<{ id: number }>`select lead.id from lead`.execute(trx);
    const lead = (await lockLead(trx, found.rows[0]?.id ?? 0)) ?? assert.fail();
    await readmit(trx, source, lead, { ...lead.draft, programme: '145' }, { by: BY });
    const started = undo(id);
    await untilWaiting(db, 1);
    return { undoing: started };
  });
  assert.deepEqual(await undoing, { undone: 0, kept: 1 });
  assert.deepEqual(await actionsOf(bench), ['Bey']);
});
