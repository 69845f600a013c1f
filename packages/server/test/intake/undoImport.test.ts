import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { changeStatut } from '../../src/changes/changeStatut.ts';
import { correctProspect } from '../../src/changes/correctProspect.ts';
import { readmit } from '../../src/intake/admit.ts';
import { release } from '../../src/intake/quarantine.ts';
import { lockLead } from '../../src/store/leads.ts';
import { undoLeads } from '../../src/store/undoImport.ts';
import { PULLED, QUALIFY, READY } from '../support/crm.ts';
import { type Tables, tablesOf } from '../support/importing.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';
import { actionOf, actionsOf, BY, leadsOf, type UndoBench, undoBench } from '../support/undoing.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = (t: TestContext): Promise<UndoBench> => undoBench(server, t);

/** All that has to be as it was before: without the records of what was done. */
function business(tables: Tables): Tables {
  const { import: _, audit, statut_change, lead = [], source = [], action = [], ...rest } = tables;
  return {
    ...rest,
    lead: lead.filter((row) => row.id_import === null),
    source: source.map(({ columns, ...row }) => row),
    action: action.map(({ version, ...row }) => row),
  };
}

test('an undo takes back all that an import wrote, in rows that were there before too', async (t) => {
  const bench = await fresh(t);
  const { db, imports, send, undo } = bench;
  const joined = await send({ telephone: '0612340001', nom: 'Bey', commentaire: 'Bonjour' });
  await send({ email: 'other@example.com', commentaire: 'x' });
  const before = await tablesOf(db);
  const id = await imports(
    {
      ...{ telephone: '0612340001', nom: 'Bey', prenom: 'Ana', email: 'bey@example.com' },
      ...{ message: 'Encore moi', utm_source: 'salon', id: 'a-1' },
    },
    { telephone: '0612340001', message: 'Et encore' },
    { telephone: '0612340001', programme: '146' },
    { nom: 'Lopez', telephone: '0612340002', email: 'lopez@example.com', id: 'a-2' },
    { nom: 'Lopez', email: 'lopez@example.com', message: 'Deux' },
    { nom: 'Nobody' },
    { nom: 'Paz', email: 'other@example.com', programme: 'Elsewhere' },
  );
  assert.deepEqual(await actionOf(bench, joined.action_id), {
    ...{ id_statut: READY, utm_source: 'salon', commentaire: 'Bonjour\n\nEncore moi\n\nEt encore' },
  });
  assert.notDeepEqual(business(await tablesOf(db)), business(before));

  assert.deepEqual(await undo(id), { undone: 7, kept: 0 });
  const after = await tablesOf(db);
  assert.deepEqual(business(after), business(before));
  assert.deepEqual(await leadsOf(bench, id), Array(7).fill('undone'));
  const changes = after.statut_change?.filter((row) => row.id_action === joined.action_id);
  assert.deepEqual(
    changes?.map((row) => [row.actor, row.id_statut_from, row.id_statut_to]),
    [
      [`source:${bench.live}`, null, QUALIFY],
      [`source:${bench.source}`, QUALIFY, READY],
      ['import.undo', READY, QUALIFY],
    ],
  );
  assert.equal(after.statut_change?.length, (before.statut_change?.length ?? 0) + 2);
  const audit = after.audit?.at(-1);
  assert.deepEqual([audit?.act, audit?.target], ['import.undo', `import:${id}`]);
  assert.deepEqual(audit?.detail, { undone: 7, kept: 0 });
});

test('what was pulled, changed by hand, released by hand or joined since stays and is counted', async (t) => {
  const bench = await fresh(t);
  const { database, db, imports, send, pull, undo } = bench;
  const id = await imports(
    ...['Pulled', 'Changed', 'Joined', 'Gone'].map((nom, index) => ({
      ...{ nom, telephone: `061234100${index}` },
    })),
    { nom: 'Released', telephone: '0612341009', programme: 'Elsewhere' },
    { nom: 'Waits' },
  );
  const [pulled] = idsOf(await pull(1));
  const ids = await sql<{ id: number; line: number; id_action: number }>`
    select lead.id, lead.line, lead.id_action from lead
    where lead.id_import = ${id} order by lead.line`.execute(db);
  const [one, changed, , , released] = ids.rows;
  assert.equal(one?.id_action, pulled);
  await changeStatut(database, {
    actions: new Map([[changed?.id_action ?? 0, undefined]]),
    ...{ statut: QUALIFY, reason: 'called', by: BY },
  });
  await send({ telephone: '0612341002', commentaire: 'I wrote since' });
  await release(database, released?.id ?? 0, { programme: '145' }, { by: BY });

  assert.deepEqual(await undo(id), { undone: 2, kept: 4 });
  assert.deepEqual(await actionsOf(bench), ['Pulled', 'Changed', 'Joined', 'Released']);
  assert.deepEqual(await leadsOf(bench, id), [
    ...['accepted', 'accepted', 'accepted', 'undone', 'accepted', 'undone'],
  ]);
  // Who stays is known still: nobody is made twice.
  const again = await send({ telephone: '0612341000', programme: 146 });
  assert.deepEqual(again.matched_on, ['telephone']);
});

test('a lead that an operator has let into an open contact stays, and what it says too', async (t) => {
  const bench = await fresh(t);
  const person = { telephone: '0612341010' };
  const { action_id } = await bench.send(person);
  const id = await bench.imports({ ...person, programme: 'Elsewhere', message: 'Rappelez-moi' });
  const waiting = await sql<{ id: number }>`
    select lead.id from lead where lead.id_import = ${id}`.execute(bench.db);
  const corrected = { programme: '145' };
  const released = await release(bench.database, waiting.rows[0]?.id ?? 0, corrected, { by: BY });
  assert.equal(released?.action_id, action_id);
  assert.deepEqual(await bench.undo(id), { undone: 0, kept: 1 });
  assert.equal((await actionOf(bench, action_id))?.commentaire, 'Rappelez-moi');
});

test('a pull that was released leaves its contacts where they are', async (t) => {
  const bench = await fresh(t);
  const id = await bench.imports({ nom: 'Bey', telephone: '0612342000' });
  const pulled = await bench.pull();
  assert.equal(idsOf(pulled).length, 1);
  const released = await bench.release(pulled.headers.get('pull-id') ?? '');
  assert.equal(JSON.parse(released.text).released, 1);
  assert.deepEqual(await bench.undo(id), { undone: 0, kept: 1 });
});

test('a person who wrote since keeps what they gave', async (t) => {
  const bench = await fresh(t);
  const { db, imports, send, undo } = bench;
  const known = await send({ telephone: '0612343000' });
  const id = await imports(
    { telephone: '0612343000', email: 'given@example.com', prenom: 'Ana' },
    { telephone: '0612343001', email: 'made@example.com', nom: 'Bey' },
  );
  const wrote = await send({ email: 'given@example.com', programme: 146 });
  const made = await send({ email: 'made@example.com', programme: 146 });
  assert.equal(wrote.prospect_id, known.prospect_id);
  assert.deepEqual(await undo(id), { undone: 2, kept: 0 });
  const persons = await sql<{ prenom: string; nom: string; email: string; known: string[] }>`
    select prospect.prenom, prospect.nom, prospect.email,
      (select array_agg(own.value order by own.value) from prospect_identity own
        where own.id_prospect = prospect.id) as known
    from prospect where prospect.id in (${known.prospect_id}, ${made.prospect_id})
    order by prospect.id`.execute(db);
  assert.deepEqual(persons.rows, [
    {
      ...{ prenom: 'Ana', nom: null, email: 'given@example.com' },
      known: ['+33612343000', 'given@example.com'],
    },
    {
      ...{ prenom: null, nom: 'Bey', email: 'made@example.com' },
      known: ['+33612343001', 'made@example.com'],
    },
  ]);
});

test('a telephone that a correction has left to somebody else since stays theirs', async (t) => {
  const bench = await fresh(t);
  const durand = { nom: 'Durand', email: 'durand@example.com' };
  const { prospect_id: known } = await bench.send(durand);
  const id = await bench.imports({ ...durand, telephone: '0611110009' });
  await correctProspect(bench.database, {
    ...{ prospect: known ?? 0, reason: 'mistyped', by: BY },
    fields: { telephone: '0611110008' },
  });
  const martin = { nom: 'Martin', telephone: '0611110009' };
  const { prospect_id } = await bench.send(martin);
  assert.notEqual(prospect_id, known);
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  assert.equal((await bench.send({ ...martin, commentaire: 'Encore' })).prospect_id, prospect_id);
});

test('a lead that came before the import and was released after it keeps its person', async (t) => {
  const { imports, send, undo, database, db } = await fresh(t);
  await send({ telephone: '0612343002', programme: 'Elsewhere' });
  const waiting = await sql<{ id: number }>`select lead.id from lead`.execute(db);
  const id = await imports({ nom: 'Bey', telephone: '0612343002', email: 'bey@example.com' });
  const released = await release(
    database,
    waiting.rows[0]?.id ?? 0,
    { programme: '146' },
    { by: BY },
  );
  assert.deepEqual(await undo(id), { undone: 1, kept: 0 });
  const again = await send({ telephone: '0612343002' });
  assert.equal(again.prospect_id, released?.prospect_id);
});

test('a message is taken out of an action whole, and out of no other message', async (t) => {
  const bench = await fresh(t);
  const { imports, send, undo } = bench;
  const person = { telephone: '0612344000' };
  const first = await send({ ...person, commentaire: 'Bonjour' });
  const id = await imports({ ...person, message: 'Oui' });
  await send({ ...person, commentaire: 'Oui, demain' });
  await send({ ...person, commentaire: 'Non' });
  assert.deepEqual(await undo(id), { undone: 1, kept: 0 });
  const left = await actionOf(bench, first.action_id);
  assert.equal(left?.commentaire, 'Bonjour\n\nOui, demain\n\nNon');
  // Who joined an action that was ready stays ready.
  assert.equal(left?.id_statut, READY);
});

test('a message that another lead repeats stays', async (t) => {
  const bench = await fresh(t);
  const person = { telephone: '0612344001' };
  const first = await bench.send(person);
  const id = await bench.imports({ ...person, message: 'Rappelez-moi' });
  await bench.send({ ...person, commentaire: 'Rappelez-moi' });
  await bench.undo(id);
  assert.equal((await actionOf(bench, first.action_id))?.commentaire, 'Rappelez-moi');
});

test('campaign and statut stay that a later lead, which stays, has found', async (t) => {
  const bench = await fresh(t);
  const { action_id } = await bench.send({ telephone: '0612344003' });
  const id = await bench.imports({ telephone: '0612344003', utm_source: 'salon' });
  await bench.send({ telephone: '0612344003', utm_source: 'salon', commentaire: 'T3' });
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  assert.deepEqual(await actionOf(bench, action_id), {
    ...{ id_statut: READY, utm_source: 'salon', commentaire: 'T3' },
  });
});

test('a statut that an operator has given since stays', async (t) => {
  const bench = await fresh(t);
  const first = await bench.send({ telephone: '0612344002' });
  const id = await bench.imports({ telephone: '0612344002' });
  const actions = new Map([[first.action_id ?? 0, undefined]]);
  for (const statut of [QUALIFY, READY]) {
    await changeStatut(bench.database, { actions, statut, reason: 'called', by: BY });
  }
  await bench.undo(id);
  assert.equal((await actionOf(bench, first.action_id))?.id_statut, READY);
});

test('an import whose contact another one made ready is undone after that one', async (t) => {
  const bench = await fresh(t);
  const { db, source, imports, undo } = bench;
  const ready = (statut: number) =>
    sql`update source set id_statut = ${statut} where source.nom = ${source}`.execute(db);
  await ready(QUALIFY);
  const first = await imports({ nom: 'Bey', telephone: '0612346100' });
  await ready(READY);
  const second = await imports({ telephone: '0612346100', message: 'T3' });
  assert.deepEqual(await undo(second), { undone: 1, kept: 0 });
  assert.deepEqual(await undo(first), { undone: 1, kept: 0 });
  assert.deepEqual(await actionsOf(bench), []);
});

test('an import that was broken off can be undone, and imported from the beginning', async (t) => {
  const bench = await fresh(t);
  const rows = Array.from({ length: 450 }, (_, index) => ({
    telephone: `0612345${String(index).padStart(3, '0')}`,
  }));
  const path = await bench.write(rows);
  const stop = () => {
    throw new Error('broken off');
  };
  await assert.rejects(bench.path(path, { onRow: stop }), /broken off/);
  const stored = (await actionsOf(bench)).length;
  assert.ok(stored > 0 && stored < 450);
  assert.deepEqual(await bench.undo(1), { undone: stored, kept: 0 });
  assert.deepEqual(await actionsOf(bench), []);
  assert.equal(await bench.path(path), 2);
  assert.equal((await actionsOf(bench)).length, 450);
});

test('the command undoes an import once, and the same file may be imported again', async (t) => {
  const { write, path: imports, run, pull, db } = await fresh(t);
  const path = await write([
    { nom: 'Bey', telephone: '0612346000', id: 'a-1' },
    { nom: 'Lopez', telephone: '0612346001', id: 'a-2' },
  ]);
  const id = await imports(path);
  await pull(1);
  const done = await run('undo', String(id), '--json');
  assert.equal(done.code, 0, done.stderr);
  assert.deepEqual(JSON.parse(done.stdout), { undone: 1, kept: 1 });
  const twice = await run('undo', String(id));
  assert.equal(twice.code, 4);
  assert.match(twice.stderr, /There is no import "1" that could be undone\./);
  assert.equal(await imports(path), 2);
  const human = await run('undo', '2');
  assert.equal(human.stdout, 'Undone: 1 lead of import 2.\n');
  const listed = await run('list');
  assert.match(listed.stdout, /^2 +files\d+ +\S+\.csv +undone .*\n1 +files\d+ +\S+\.csv +undone /m);
  const story = await sql<{ outcome: string; external_id: string | null }>`
    select lead.outcome, lead.external_id from lead order by lead.id`.execute(db);
  assert.deepEqual(story.rows, [
    { outcome: 'accepted', external_id: 'a-1' },
    { outcome: 'undone', external_id: null },
    { outcome: 'undone', external_id: null },
  ]);
});

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
