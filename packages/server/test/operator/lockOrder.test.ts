import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { changeStatut } from '../../src/changes/changeStatut.ts';
import { locks } from '../../src/db/locks.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { hold, holdAfterRestore } from '../../src/installation/holding.ts';
import { openSecret } from '../../src/installation/secret.ts';
import { openMetaStore } from '../../src/intake/meta/openMetaStore.ts';
import { createSandbox, resetWithin } from '../../src/sandbox/sandbox.ts';
import { clearAway } from '../../src/store/files.ts';
import { findHold } from '../../src/store/hold.ts';
import { lockKeyToPull, recordUse } from '../../src/store/keys.ts';
import { temporaryFolder } from '../support/command.ts';
import { PULLED, programmeOf, QUALIFY, queueCrm } from '../support/crm.ts';
import { ended, upload } from '../support/files.ts';
import { importBench } from '../support/importing.ts';
import { loadInto } from '../support/installation.ts';
import { type Door, makeSource, openDoor } from '../support/intake.ts';
import { leads, whileRowWaits } from '../support/jobs.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { crossing, leaveCircles, untilWaiting } from '../support/waiting.ts';

// Each of these brings two pieces of work to the point where they would wait for each other, if
// they took the same locks in other orders. One would then be answered with 503, or fail.

let server: TestServer;
let admin: SignedIn;
let dpo: SignedIn;
let database: CrmDatabase;
let at: { database: string };
let door: Door;

before(async () => {
  server = await freshServer({ RELAIS_SECRET: 'a secret of thirty-two characters' });
  admin = await signedIn(server, 'admin');
  dpo = await signedIn(server, 'dpo');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
  at = { database: database.nom };
  await leaveCircles(database.db);
  // 1, 3 and 5 are about the programme 130 of the region 30.
  await loadInto(database, queueCrm(6));
  door = await openDoor(server, database);
});

const reason = 'a test';
const email = 'p1@example.com';
const locked = (table: string, id: number) =>
  sql`select from ${sql.table(table)} where id = ${id} for update`;
const send = (lead: object) => door.send(lead);
const erase = (prospectId: number) => () => dpo.call('eraseProspect', { prospectId, reason }, at);
const crossed = <First, Second>(
  held: Parameters<typeof crossing>[1],
  first: () => Promise<First>,
  second: () => Promise<Second>,
) => crossing(database.db, held, first, second);
const giveStatut = (statutId: number, ...actions: { id: number; version: number }[]) =>
  admin.call('changeStatut', { actions, statutId, reason }, at);
/** PostgreSQL keeps what was changed behind what was not: no order of ids by itself. */
const moveBehind = (id: number) => giveStatut(QUALIFY, { id, version: 1 });

test('a programme is moved beside a change of statut of its contacts', async () => {
  await moveBehind(1);
  const [moved, { changes }] = await crossed(
    locked('action', 3),
    () => admin.call('moveProgramme', { id: programmeOf(30), regionId: 62 }, at),
    () => giveStatut(PULLED, { id: 1, version: 2 }, { id: 3, version: 1 }),
  );
  assert.equal(moved.actions, 3);
  assert.deepEqual(
    changes.map(({ outcome }) => outcome),
    ['changed', 'changed'],
  );
});

test('a pull is released beside a change of statut of its contacts', async () => {
  const key = await server.key('Promoteur X', { database });
  const pull = await server.send(key.text, { operation: 'pullContacts' });
  const pullId = pull.headers.get('pull-id') ?? '';
  await giveStatut(QUALIFY, { id: 1, version: 2 });
  await giveStatut(PULLED, { id: 1, version: 3 });
  const [released, { changes }] = await crossed(
    locked('action', 3),
    () => admin.call('releasePull', { pullId, reason }, at),
    () => giveStatut(QUALIFY, { id: 1, version: 4 }, { id: 3, version: 2 }),
  );
  assert.deepEqual([released.released, changes.length], [6, 2]);
});

test('a file whose import was undone is imported again beside an erasure, which drops it', async () => {
  const files = `fichiers-${database.nom}`;
  await makeSource(server, files, 'file', { database, id_programme: programmeOf(30) });
  const sheet = 'nom;telephone\r\nDurand;0612345678';
  const asked = { source: files, fileId: await upload(admin, sheet, at) };
  const began = await admin.call('startImport', asked, at);
  await ended(admin, began.job_id, database.nom);
  const undoing = await admin.call('undoImport', { id: began.import_id }, at);
  await ended(admin, undoing.job_id, database.nom);
  const [erased, told] = await crossed(locked('prospect', 1), erase(1), () =>
    admin.call('startImport', asked, { ...at, expect: 'record_not_found' }),
  );
  assert.equal(erased.files, 1);
  assert.match(told, /no such file/);
});

test('old files are cleared away beside an erasure, which drops files, too', async () => {
  const fileId = await upload(admin, 'nom;telephone\r\nDurand;0612345678', at);
  await sql`
    insert into job (kind, state, created_by, finished_at, request, id_input)
    values ('import', 'done', 'staff:1', now(), '{}', ${fileId})`.execute(database.db);
  const [erased] = await crossed(locked('prospect', 1), erase(1), async () => {
    await sql`update stored_file set expires_at = now()`.execute(database.db);
    await clearAway(database.db, 90);
  });
  assert.equal(erased.files, 1);
});

test('a lead that waits is released beside the erasure of its person', async () => {
  await send({ email, programme: 'no such' });
  const [lead] = (await admin.call('listQuarantine', {}, at)).items;
  const asked = { id: lead?.id ?? 0, programmeId: programmeOf(30) };
  const [erased] = await crossed(locked('prospect', 1), erase(1), () =>
    admin.call('releaseLead', asked, { ...at, expect: 'changed_meanwhile' }),
  );
  assert.equal(erased.leads, 1);
});

test('a lead of somebody who was erased before is released beside the erasure of who has their address now', async () => {
  await erase(1)();
  await admin.call('correctProspect', { prospectId: 2, email, reason }, at);
  const [, released] = await crossed(locked('prospect', 2), erase(2), async () => {
    await send({ email });
    const [lead] = (await admin.call('listQuarantine', {}, at)).items;
    return admin.call('releaseLead', { id: lead?.id ?? 0, cameBack: true }, at);
  });
  assert.equal(released.outcome, 'accepted');
});

test('a lead comes in beside an erasure, however the database sorts telephones and addresses', async () => {
  const telephone = '+33612345678';
  const own = '_jean@example.com';
  await sql`
    alter table prospect_identity alter column value type text collate "und-x-icu"`.execute(
    database.db,
  );
  await send({ telephone, email: own });
  const { prospect_id } = await send({ telephone, email: own });
  const [erased] = await crossed(
    sql`select from prospect_identity where value = ${own} for update`,
    erase(prospect_id ?? 0),
    () => send({ telephone, email: own }),
  );
  assert.equal(erased.contacts, 1);
});

for (const [what, rows] of [
  ['address', sql`prospect_identity where value = 'jean@example.com'`],
  ['contact', sql`action where id > 6`],
] as const) {
  test(`a person is corrected beside their erasure, which waits for their ${what}`, async () => {
    const { prospect_id } = await send({ telephone: '+33612345678', email: 'jean@example.com' });
    const prospectId = prospect_id ?? 0;
    const given = { telephone: '+33698765432', email: 'jean.dupont@example.com' };
    const [erased] = await crossed(sql`select from ${rows} for update`, erase(prospectId), () =>
      admin.call(
        'correctProspect',
        { prospectId, ...given, reason },
        { ...at, expect: 'record_not_found' },
      ),
    );
    assert.equal(erased.contacts, 1);
  });
}

test('statuts of a person are changed beside their erasure', async () => {
  const first = await send({ email });
  const second = await send({ email, programme: programmeOf(62) });
  const [one, other] = [first, second].map(({ action_id }) => ({ id: action_id ?? 0, version: 1 }));
  assert.ok(one && other && one.id < other.id);
  await giveStatut(QUALIFY, one);
  const [erased, { changes }] = await crossed(
    locked('action', other.id),
    erase(first.prospect_id ?? 0),
    () => giveStatut(PULLED, { ...one, version: 2 }, other),
  );
  assert.equal(erased.contacts, 3);
  assert.deepEqual(
    changes.map(({ outcome }) => outcome),
    ['refused', 'refused'],
  );
});

test('a lead that an erasure has kept waiting is of somebody who was erased', async () => {
  const lead = { telephone: '+33612345678', email: 'jean@example.com', programme: '130' };
  const { prospect_id } = await send(lead);
  const [erased, late] = await crossed(
    locked('prospect', prospect_id ?? 0),
    erase(prospect_id ?? 0),
    () => send(lead),
  );
  assert.equal(erased.contacts, 1);
  assert.equal(late.outcome, 'quarantined');
  assert.deepEqual(
    late.reasons.map(({ code }) => code),
    ['person_erased'],
  );
});

test('a region is deleted beside a change of the scope of a key that has it', async () => {
  const { id } = await admin.call('saveRegion', { nom: 'Corse' }, at);
  const key = await server.key('Promoteur X', { database, regions: [30, id] });
  const [summary] = await crossed(
    locked('region', 30),
    () => admin.call('updateKey', { id: key.id, regionIds: [30, id] }, at),
    () => admin.call('deleteRegion', { id }, { ...at, expect: 'record_in_use' }),
  );
  assert.equal(summary.id, key.id);
});

test('texts of a source are mapped by two operators at once, in any order', async () => {
  const add = ['un', 'deux'].map((text) => ({ text, programmeId: programmeOf(30) }));
  await admin.call('mapProgrammes', { nom: door.source, add }, at);
  const map = (given: typeof add) => () =>
    admin.call('mapProgrammes', { nom: door.source, add: given }, at);
  const [{ programmes }] = await crossed(
    sql`select from source_programme where value = 'deux' for update`,
    map(add.toReversed()),
    map(add),
  );
  assert.equal(programmes.length, 2);
});

// A reset takes its time, and requests do not wait as long as these do: so not by the front door.
test('a sandbox is reset while a key pulls, and while an operator changes statuts in it', async () => {
  database = await createSandbox(server, `bac-${database.nom}`);
  const reset = () => database.db.transaction().execute(resetWithin);
  const { id } = await server.key('Promoteur X', { database });
  const [, key] = await crossed(
    sql`select from prospect order by id limit 1 for update`,
    reset,
    () => database.db.transaction().execute((trx) => lockKeyToPull(trx, id)),
  );
  assert.equal(key?.held, false);

  const { rows } = await sql<{ id: number }>`
    select id from action order by id limit 2`.execute(database.db);
  const [first = 0, next = 0] = rows.map((row) => row.id);
  const change = (...ids: number[]) => {
    const actions = new Map(ids.map((action) => [action, undefined]));
    return changeStatut(database, { actions, statut: QUALIFY, reason, by: 'command:test' });
  };
  await change(first);
  const [, changes] = await crossed(locked('action', next), reset, () => change(first, next));
  assert.equal(changes.length, 2);
});

test('pulls are held by hand while a server finds its data restored', async () => {
  await sql`update hold set home = 'elsewhere'`.execute(database.db);
  // Whether it was the first to find that is left to chance: the server itself looks every few seconds.
  await crossed(
    sql`select pg_advisory_xact_lock_shared(${locks.hold})`,
    () => hold(database, 'by hand', 'command:test'),
    () => holdAfterRestore(database),
  );
  assert.ok(await findHold(database.db));
});

test('two processes note the last use of the same keys', async () => {
  const names = ['X', 'Y', 'Z'];
  const keys = await Promise.all(names.map((nom) => server.key(nom, { database })));
  const uses = keys.map(({ id }) => ({
    ...{ id, at: new Date(), address: '127.0.0.1', operation: 'pullContacts' },
  }));
  await recordUse(database.db, uses);
  await crossed(
    sql`select from key_use where id_key = ${keys[1]?.id} for update`,
    () => recordUse(database.db, uses.toReversed()),
    () => recordUse(database.db, uses),
  );
});

test('a lead that could not be fetched is released while it is fetched', async () => {
  const nom = `page-${database.nom}`;
  const secrets = { appSecret: 'a-local-app-secret', accessToken: 'EAAlocalToken' };
  const own = { database, id_programme: programmeOf(30), meta: { secrets, forms: [] } };
  await makeSource(server, nom, 'meta', own);
  const store = openMetaStore(server.databases, openSecret(server.config));
  const page = (await store.sources()).find((given) => given.nom === nom);
  if (!page) throw new Error('no source');
  await store.giveUp(page, '77');
  await sql`
    insert into meta_notice (id_source, leadgen_id, hints, due_at)
    values (${page.id}, '77', '{}', 'infinity')`.execute(database.db);
  const [lead] = (await admin.call('listQuarantine', {}, at)).items;
  const id = lead?.id ?? 0;
  await crossed(
    locked('lead', id),
    () => admin.call('releaseLead', { id }, at),
    () => store.admit(page, { externalId: '77', email }),
  );
  assert.deepEqual((await admin.call('listQuarantine', {}, at)).items, []);
  const left = await sql`select from meta_notice`.execute(database.db);
  assert.equal(left.rows.length, 0);
});

test('an import can be asked to be taken back while a batch of it is stored', async (t) => {
  const bench = await importBench(server, await temporaryFolder(t));
  const path = await bench.write('leads.csv', leads(1));
  const nom = bench.database.nom;
  let importing: Promise<unknown> = Promise.resolve();
  let asked = { job_id: 0 };
  await whileRowWaits(bench.database, 0, async () => {
    importing = bench.imports(path);
    await untilWaiting(bench.db);
    asked = await admin.call('undoImport', { id: 1 }, { database: nom });
  });
  // It may have come to its end before.
  await Promise.allSettled([importing]);
  const job = await ended(admin, asked.job_id, nom);
  assert.deepEqual([job.state, job.counts], ['done', { undone: 1, kept: 0 }]);
});
