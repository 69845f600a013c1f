import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { pauseSource } from '../../src/changes/sources.ts';
import { planImport } from '../../src/intake/file/planImport.ts';
import { importFile } from '../../src/intake/importFile.ts';
import { discard, release } from '../../src/intake/quarantine.ts';
import { undoImport } from '../../src/intake/undoImport.ts';
import { readQuarantine } from '../../src/store/leadsRead.ts';
import { findSource } from '../../src/store/sources.ts';
import { temporaryFolder } from '../support/command.ts';
import { changeOf, leadOf, type MetaBench, notification, openMetaBench } from '../support/meta.ts';

let bench: MetaBench;
before(async () => {
  bench = await openMetaBench();
});
after(() => bench.close());

const tell = async (source: string, ...ids: string[]) => {
  const reply = await bench.notify(source, notification(ids.map((id) => changeOf(id))));
  assert.equal(reply.status, 200, reply.text);
};

/** What is noted of a notice that is still open. */
async function problemOf(leadgenId: string): Promise<string | null | undefined> {
  const { rows } = await sql<{ problem: string | null }>`
    select meta_notice.problem from meta_notice
    where meta_notice.leadgen_id = ${leadgenId}`.execute(bench.server.main.db);
  return rows[0]?.problem;
}

/** Waits until the server's own worker has tried to fetch a lead, and failed. */
async function failed(leadgenId: string): Promise<string> {
  for (;;) {
    const problem = await problemOf(leadgenId);
    if (problem) return problem;
    await delay(10);
  }
}

interface Form {
  readonly watermark: Date | null;
  readonly problem: string | null;
}

async function formOf(formId: string): Promise<Form | undefined> {
  const { rows } = await sql<Form>`
    select meta_form.watermark, meta_form.problem from meta_form
    where meta_form.form_id = ${formId}`.execute(bench.server.main.db);
  return rows[0];
}

const referencesOf = (contacts: readonly { source_reference: string | null }[]) =>
  contacts.map(({ source_reference }) => source_reference).sort();

/** Looks for what is due now, and says what a client is given after it. */
async function runOnce(worker = bench.worker): Promise<(string | null)[]> {
  await bench.makeDue();
  await worker.runOnce();
  return referencesOf(await bench.pulled(0));
}

test('a lead that Meta tells of is a contact of the next pull', async () => {
  await bench.source('road', [], { id_programme: null, programmes: { '501': 145 } });
  bench.graph.keep(leadOf('501', '1001'));
  await tell('road', '1001');
  const [contact] = await bench.pulled(1);
  assert.equal(contact?.source_reference, '1001');
  assert.equal(contact?.prospect_prenom, 'Jeanne');
  assert.equal(contact?.prospect_email, 'meta-1001@example.com');
  assert.equal(contact?.programme_id, 145);
  assert.equal(contact?.utm_source, 'facebook');
  assert.match(contact?.action_commentaire ?? '', /quel_est_votre_projet_\? : investir/);
});

test('what a clock that was a month ahead has noted is done when the clock is right', async () => {
  await bench.source('ahead', ['502']);
  bench.graph.keep(leadOf('502', '1101'), leadOf('503', '1102'));
  await sql`
    insert into meta_notice (id_source, leadgen_id, hints)
    select source.id, '1102', '{}' from source where source.nom = 'ahead'`.execute(
    bench.server.main.db,
  );
  for (const table of ['meta_notice', 'meta_form']) {
    await sql`
      update ${sql.table(table)} set due_at = clock_timestamp() + interval '31 days'`.execute(
      bench.server.main.db,
    );
  }
  await bench.worker.runOnce();
  assert.deepEqual(referencesOf(await bench.pulled(2)), ['1101', '1102']);
});

test('a notification that comes again, while the lead is open or after it, doubles nothing', async () => {
  await bench.source('replay');
  bench.graph.keep(leadOf('502', '1101'), leadOf('502', '1102'));
  await Promise.all([tell('replay', '1101', '1102'), tell('replay', '1102', '1101')]);
  await tell('replay', '1101');
  assert.deepEqual(referencesOf(await bench.pulled(2)), ['1101', '1102']);
  const asked = bench.askedFor('1101');
  await tell('replay', '1101', '1102');
  assert.deepEqual(await runOnce(), []);
  assert.equal(bench.askedFor('1101'), asked, 'what is in the ledger is not asked for again');
});

for (const [how, id, problem] of [
  ['cut', '1201', 'passing'],
  ['error', '1202', 'passing (2)'],
  ['garbage', '1203', 'passing'],
  ['denied', '1204', 'denied (190/463)'],
] as const) {
  test(`while the Graph API fails (${how}) a lead waits, and it comes when all is well`, async () => {
    await bench.source(`down-${how}`);
    bench.graph.keep(leadOf('503', id));
    bench.graph.misbehave(how, { id });
    await tell(`down-${how}`, id);
    assert.equal(await failed(id), problem);
    assert.deepEqual(await runOnce(), []);
    bench.graph.behave();
    assert.deepEqual(await runOnce(), [id]);
    assert.equal(await problemOf(id), undefined);
  });
}

test('a lead that Meta refuses for good waits in quarantine; released, it is asked for again and comes in', async () => {
  const { server, graph } = bench;
  await bench.source('gone');
  graph.misbehave('gone', { id: '1301' });
  await tell('gone', '1301');
  assert.equal(await failed('1301'), 'gone (100/33)');
  while ((await problemOf('1301')) !== undefined) assert.deepEqual(await runOnce(), []);
  const waiting = () => readQuarantine(server.main.db, { sources: ['gone'] }, 10);
  const [lead, ...others] = await waiting();
  assert.ok(lead);
  assert.deepEqual(others, []);
  assert.deepEqual(
    lead.reasons.map(({ code }) => code),
    ['not_fetched'],
  );

  const asked = await release(server.main, lead.id, {}, { by: 'command:test' });
  assert.equal(asked?.outcome, 'quarantined');
  const count = bench.askedFor('1301');
  assert.deepEqual(await runOnce(), []);
  assert.equal(bench.askedFor('1301'), count + 1);
  graph.behave();
  graph.keep(leadOf('504', '1301'));
  assert.deepEqual(await runOnce(), ['1301']);
  assert.deepEqual(await waiting(), []);
  assert.equal(await release(server.main, lead.id, {}, { by: 'command:test' }), undefined);
});

test('what an operator puts right of a lead while Meta denies it holds when it is handed out', async () => {
  const { server, graph } = bench;
  const { db } = server.main;
  await sql`insert into programme (id, id_region, nom) values (170, 62, 'Le Clos')`.execute(db);
  await bench.source('chosen', ['570'], { consent_required: true });
  graph.misbehave('gone', { id: '5701' });
  await tell('chosen', '5701');
  await failed('5701');
  while ((await problemOf('5701')) !== undefined) assert.deepEqual(await runOnce(), []);
  const [lead] = await readQuarantine(db, { sources: ['chosen'] }, 10);
  const id = lead?.id ?? 0;
  const by = { by: 'command:test' };
  await release(server.main, id, { programme: '170' }, by);
  graph.behave();
  graph.keep({ ...leadOf('570', '5701'), custom_disclaimer_responses: [] });
  // Twice: the second read finds the same.
  for (let reads = 0; reads < 2; reads += 1) assert.deepEqual(await runOnce(), []);
  const released = await release(server.main, id, { consent: true }, by);
  assert.equal(released?.outcome, 'accepted');
  const [contact] = await bench.pulled(1);
  assert.equal(contact?.source_reference, '5701');
  assert.equal(contact?.programme_id, 170);
});

test('a lead that was put away while Meta denied it comes in once it is handed out', async (t) => {
  const { server, graph } = bench;
  const { db } = server.main;
  await bench.source('putaway', ['560']);
  const denied = async (id: string) => {
    graph.misbehave('gone', { id });
    await tell('putaway', id);
    await failed(id);
    while ((await problemOf(id)) !== undefined) assert.deepEqual(await runOnce(), []);
    const [lead] = await readQuarantine(db, { sources: ['putaway'] }, 10);
    assert.ok(await discard(server.main, lead?.id ?? 0, 'nothing is known', 'staff:1'));
  };
  await denied('5601');
  await denied('5602');
  graph.behave();

  // From the read of its form, and from a file that an operator brings.
  graph.keep(leadOf('560', '5601'));
  assert.deepEqual(await runOnce(), ['5601']);
  const path = join(await temporaryFolder(t), 'export.csv');
  await writeFile(
    path,
    'id;full_name;phone_number;programme\r\nl:5602;Jeanne Lefèvre-5602;p:+33612135602;145',
  );
  const source = (await findSource(db, 'putaway')) ?? assert.fail();
  await importFile(server.main, source, await planImport(path, source), { by: 'command:test' });
  graph.keep(leadOf('560', '5602'));
  assert.deepEqual(await runOnce(), ['5602']);
  assert.deepEqual(await runOnce(), []);
});

test('a lead that Meta never hands out, and that an operator brought as a file, keeps what the file says', async (t) => {
  const { server, graph } = bench;
  const { db } = server.main;
  await bench.source('exported', [], { id_programme: null });
  graph.misbehave('gone', { id: '1350' });
  await tell('exported', '1350');
  await failed('1350');
  const path = join(await temporaryFolder(t), 'export.csv');
  await writeFile(path, 'id;full_name;phone_number\r\nl:1350;Jeanne Export;p:+33612131350');
  const source = (await findSource(db, 'exported')) ?? assert.fail();
  await importFile(server.main, source, await planImport(path, source), { by: 'command:test' });
  while ((await problemOf('1350')) !== undefined) assert.deepEqual(await runOnce(), []);
  graph.behave();
  const [lead, ...others] = await readQuarantine(db, { sources: ['exported'] }, 10);
  assert.deepEqual(others, []);
  assert.equal(lead?.draft?.telephone, '+33612131350');
  assert.deepEqual(
    lead.reasons.map(({ code }) => code),
    ['unknown_programme'],
  );
  const released = await release(
    server.main,
    lead.id,
    { programme: '145' },
    { by: 'command:test' },
  );
  assert.equal(released?.outcome, 'accepted');
  assert.deepEqual(await runOnce(), ['1350']);
});

test('a lead that Meta tells of after a file has brought it stays when the file is taken back', async (t) => {
  const { server, graph } = bench;
  await bench.source('twice');
  const path = join(await temporaryFolder(t), 'export.csv');
  const rows = ['1360', '1361'].map((id) => `l:${id};Jeanne Lefèvre-${id};meta-${id}@example.com`);
  await writeFile(path, ['id;full_name;email', ...rows].join('\r\n'));
  const source = (await findSource(server.main.db, 'twice')) ?? assert.fail();
  const by = 'command:test';
  const done = await importFile(server.main, source, await planImport(path, source), { by });
  graph.keep(leadOf('504', '1360'));
  await tell('twice', '1360');
  while ((await problemOf('1360')) !== undefined) await delay(10);
  await tell('twice', '1360');
  assert.equal(bench.askedFor('1360'), 1, 'what is known to have come is not asked for again');
  assert.deepEqual(await undoImport(server.main, done.import, by), { undone: 1, kept: 1 });
  assert.deepEqual(referencesOf(await bench.pulled(1)), ['1360']);
});

test('the scheduled read of a form finds the leads whose notification never came', async () => {
  await bench.source('missed', ['505']);
  const ids = ['1401', '1402', '1403', '1404', '1405'];
  bench.graph.keep(...ids.map((id, index) => leadOf('505', id, 10 + index)));
  assert.deepEqual(await runOnce(), ids);
  assert.equal(bench.askedFor('505'), 3, 'two leads a page');
  // Nothing that an answer gives as the address of the next page is called.
  assert.equal(bench.graph.trapped(), 0);
  assert.deepEqual(await runOnce(), []);
  const form = await formOf('505');
  assert.equal(form?.problem, null);
  const newest = bench.graph.asked.at(-1)?.query.get('filtering');
  assert.match(newest ?? '', /"time_created","operator":"GREATER_THAN"/);
});

test('a read that fails at its second page leaves the watermark, and the next one brings everything once', async () => {
  await bench.source('second-page', ['506']);
  const ids = ['1501', '1502', '1503', '1504'];
  bench.graph.keep(...ids.map((id, index) => leadOf('506', id, 10 + index)));
  const failing = bench.workerWith((input, init) => {
    if (String(input).includes('/506/leads') && String(input).includes('after=')) {
      return Promise.reject(new TypeError('fetch failed'));
    }
    return fetch(input, init);
  });
  const early = await runOnce(failing);
  assert.deepEqual(early, ['1501', '1502'], 'the newest two, of the first page');
  assert.deepEqual(await formOf('506'), { watermark: null, problem: 'passing' });
  const late = await runOnce();
  assert.deepEqual(late, ['1503', '1504']);
  const form = await formOf('506');
  assert.equal(form?.problem, null);
  assert.ok(form?.watermark);
});

test('a lead that is told of and found by a read, at once or one after the other, is one action', async () => {
  await bench.source('both', ['507']);
  const ids = ['1601', '1602', '1603', '1604'];
  bench.graph.keep(...ids.map((id) => leadOf('507', id)));
  await Promise.all([tell('both', '1601', '1602'), bench.worker.runOnce()]);
  await tell('both', ...ids);
  assert.deepEqual(referencesOf(await bench.pulled(4)), ids);
  assert.deepEqual(await runOnce(), []);
  const { rows } = await sql<{ leads: number; actions: number }>`
    select count(*) as leads, count(distinct lead.id_action) as actions
    from lead join source on source.id = lead.id_source
    where source.nom = 'both'`.execute(bench.server.main.db);
  assert.deepEqual(rows, [{ leads: 4, actions: 4 }]);
});

test('several workers share the work: each lead is fetched once', async () => {
  await bench.source('shared');
  const ids = Array.from({ length: 20 }, (_, index) => String(1700 + index));
  bench.graph.keep(...ids.map((id) => leadOf('508', id)));
  const others = [bench.workerWith(fetch), bench.workerWith(fetch)];
  await Promise.all([
    tell('shared', ...ids),
    ...[bench.worker, ...others].map((worker) => worker.runOnce()),
  ]);
  assert.deepEqual(referencesOf(await bench.pulled(20)), ids);
  for (const id of ids) assert.equal(bench.askedFor(id), 1, id);
});

test('of a paused source nothing is asked; what Meta told meanwhile comes when it goes on', async () => {
  const { server } = bench;
  await bench.source('paused', ['509']);
  const source = await findSource(server.main.db, 'paused');
  assert.ok(source);
  await pauseSource(server.main, source, true, 'command:test');
  bench.graph.keep(leadOf('509', '1801'), leadOf('509', '1802'));
  await tell('paused', '1801');
  assert.deepEqual(await runOnce(), []);
  assert.equal(bench.askedFor('1801') + bench.askedFor('509'), 0);
  await pauseSource(server.main, source, false, 'command:test');
  assert.deepEqual(await runOnce(), ['1801', '1802']);
});

test('a lead of a form that nobody knows waits in quarantine, and comes once its form is mapped', async () => {
  const { server, graph } = bench;
  await bench.source('unmapped', [], { id_programme: null });
  graph.keep(leadOf('510', '1901'));
  await tell('unmapped', '1901');
  const waiting = () => readQuarantine(server.main.db, { sources: ['unmapped'] }, 10);
  while ((await waiting()).length === 0) await delay(10);
  const [lead] = await waiting();
  assert.deepEqual(lead?.reasons, [
    {
      code: 'unknown_programme',
      suggestion: 'Associer « 510 » à un programme : relais source map unmapped',
    },
  ]);
  const admission = await release(
    server.main,
    lead?.id ?? 0,
    { programme: '145' },
    { by: 'command:test' },
  );
  assert.equal(admission?.outcome, 'accepted');
  assert.deepEqual(referencesOf(await bench.pulled(1)), ['1901']);
});

test('a scheduled read that finds a lead again takes no correction of an operator back', async () => {
  await bench.source('corrected', ['709'], { id_programme: null });
  bench.graph.keep(leadOf('709', '7901', 20));
  await runOnce();
  const database = bench.server.main;
  const [waiting] = await readQuarantine(database.db, { sources: ['corrected'] }, 1);
  await release(
    database,
    waiting?.id ?? 0,
    { telephone: '06 12 34 79 01' },
    { by: 'command:test' },
  );
  await runOnce();
  const [again] = await readQuarantine(database.db, { sources: ['corrected'] }, 1);
  assert.equal(again?.id, waiting?.id);
  assert.equal(again?.draft?.telephone, '06 12 34 79 01');
});
