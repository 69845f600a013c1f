import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type RawBuilder, sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { undoImport } from '../../src/intake/undoImport.ts';
import { PULLED, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { download, ended, tableOf, upload } from '../support/files.ts';
import { loadInto, type TestInstallation } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { leads, whileActionWaits, whileRowWaits } from '../support/jobs.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

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

const on = () => ({ database: database.nom });

const states = async (db: TestInstallation['main']) => {
  const found = await sql<{ id_statut: number; actions: number }>`
    select action.id_statut, count(*) as actions from action group by action.id_statut
    order by action.id_statut`.execute(db.db);
  return Object.fromEntries(found.rows.map((row) => [row.id_statut, row.actions]));
};

test('a bulk change reaches all that a search finds, and reports on each', async (t) => {
  await loadInto(database, queueCrm(1_203));
  const { job_id } = await operator.call(
    'changeStatuts',
    { regionIds: [30], statutId: QUALIFY, reason: 'to be checked' },
    on(),
  );
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.equal(job.subject, 'À qualifier');
  assert.deepEqual(job.counts, { changed: 602, unchanged: 0, refused: 0 });
  assert.equal(job.done, 602);
  assert.deepEqual(await states(database), { [QUALIFY]: 602, [READY]: 601 });
  const report = await tableOf(t, await download(operator, job, database.nom));
  assert.equal(report.length, 602);
  assert.deepEqual(report[1], { 'N° de contact': '3', Résultat: 'changé', Explication: undefined });
});

test('a bulk change makes nothing ready again that a client has received', async (t) => {
  await loadInto(database, queueCrm(6));
  const key = await server.key('Promoteur X', { database });
  assert.equal((await server.send(key.text, { operation: 'pullContacts', limit: 2 })).status, 200);
  const { job_id } = await operator.call(
    'changeStatuts',
    { statutIds: [READY, PULLED], statutId: READY, reason: 'all over again' },
    on(),
  );
  const job = await ended(operator, job_id, database.nom);
  assert.deepEqual(job.counts, { changed: 0, unchanged: 4, refused: 2 });
  const report = await tableOf(t, await download(operator, job, database.nom));
  const refused = report.filter((row) => row.Résultat === 'refusé');
  assert.equal(refused.length, 2);
  assert.match(refused[0]?.Explication ?? '', /pulled by "Promoteur X"/);
});

test('a bulk change of everything, or to no statut, is refused', async () => {
  await loadInto(database, queueCrm(2));
  const reason = 'why not';
  const wrong = { ...on(), expect: 'invalid_parameter' } as const;
  await operator.call('changeStatuts', { statutId: QUALIFY, reason }, wrong);
  const gone = { ...on(), expect: 'record_not_found' } as const;
  await operator.call('changeStatuts', { search: 'Nom', statutId: 99, reason }, gone);
  for (const role of ['lecture', 'dpo'] as const) {
    const refused = { ...on(), expect: 'role_not_allowed' } as const;
    const parameters = { search: 'Nom', statutId: QUALIFY, reason };
    await (await signedIn(server, role)).call('changeStatuts', parameters, refused);
  }
});

test('progress is seen while a job runs, and by who loads the page anew', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `progress-${database.nom}`, 'file', { database });
  const fileId = await upload(operator, leads(600), on());
  const parameters = { source: `progress-${database.nom}`, fileId };
  let id = 0;
  await whileRowWaits(database, 450, async () => {
    id = (await operator.call('startImport', parameters, on())).job_id;
    await untilWaiting(database.db);
    const seen = await operator.call('getJob', { id }, on());
    assert.equal(seen.state, 'running');
    assert.ok(seen.done >= 200 && seen.done <= 450, `${seen.done}`);
    assert.equal(seen.total, 600);
    assert.equal(seen.cancellable, true);
    assert.equal(seen.file, null);
    const live = await operator.call('listJobs', { mine: true, live: true }, on());
    assert.deepEqual(
      live.items.map((job) => job.job_id),
      [id],
    );
    const { items } = await operator.call('listImports', {}, on());
    assert.equal(items[0]?.live, true);
  });
  const job = await ended(operator, id, database.nom);
  assert.equal(job.done, 600);
  assert.equal((await operator.call('listJobs', { live: true }, on())).total, 0);
});

test('a job that is cancelled stops between two batches; an import is gone on with', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `cancelled-${database.nom}`, 'file', { database });
  const fileId = await upload(operator, leads(1_000), on());
  const parameters = { source: `cancelled-${database.nom}`, fileId };
  let id = 0;
  await whileRowWaits(database, 250, async () => {
    id = (await operator.call('startImport', parameters, on())).job_id;
    await untilWaiting(database.db);
    const asked = await operator.call('cancelJob', { id }, on());
    assert.deepEqual([asked.state, asked.stopping], ['running', true]);
  });
  const job = await ended(operator, id, database.nom);
  assert.equal(job.state, 'cancelled');
  assert.ok(job.done < 1_000, `${job.done}`);
  const { items } = await operator.call('listImports', {}, on());
  const found = await operator.call('getImport', { id: items[0]?.id ?? 0 }, on());
  assert.equal(found.import.state, 'running');
  assert.equal(found.import.live, false);
  assert.ok(found.import.accepted > 250 && found.import.accepted < 1_000);

  const second = await operator.call('startImport', parameters, on());
  assert.equal(second.import_id, found.import.id);
  const end = await ended(operator, second.job_id, database.nom);
  assert.deepEqual(end.counts, { accepted: 1_000, merged: 0, quarantined: 0, repeated: 0 });
});

test('a job that waits is cancelled at once, by its owner or an admin, and nobody else', async () => {
  await loadInto(database, queueCrm(2));
  const colleague = await signedIn(server, 'operateur');
  const admin = await signedIn(server, 'admin');
  const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
  // A server does one job at a time: the others wait.
  await whileActionWaits(database, 1, async () => {
    await operator.call('changeStatuts', change, on());
    await untilWaiting(database.db);
    for (const canceller of [operator, admin]) {
      const asked = await operator.call('exportContacts', { format: 'csv' }, on());
      const id = { id: asked.job_id };
      const seen = await colleague.call('getJob', id, on());
      assert.deepEqual([seen.state, seen.cancellable], ['queued', false]);
      await colleague.call('cancelJob', id, { ...on(), expect: 'role_not_allowed' });
      const job = await canceller.call('cancelJob', id, on());
      assert.equal(job.state, 'cancelled');
      assert.ok(job.finished_at);
      assert.deepEqual(await canceller.call('cancelJob', id, on()), job);
    }
  });
  await operator.call('cancelJob', { id: 999 }, { ...on(), expect: 'record_not_found' });
});

/** As when another server takes a job whose process was silent for too long; it dies at once. */
const takeAway = (id: number) =>
  sql`
    update job set attempt = job.attempt + 1, lease_until = clock_timestamp()
    where job.id = ${id}`.execute(database.db);

/** Waits until a server has put a job off; gives what is told of it then. */
async function putOff(id: number) {
  for (;;) {
    const seen = await operator.call('getJob', { id }, on());
    if (seen.problem !== null) return seen;
  }
}

/** Has the server look for work, the oldest first, and waits until it has done all. */
async function allDone(): Promise<void> {
  const { job_id } = await operator.call('exportContacts', { format: 'csv' }, on());
  await ended(operator, job_id, database.nom);
}

const severed = sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and wait_event_type = 'Lock'`;

test('a job whose process dies at the same place each time is given up', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `deadly-${database.nom}`, 'file', { database });
  const fileId = await upload(operator, leads(2), on());
  const attempts = async (id: number) => {
    const { rows } = await sql<{ attempt: number }>`
      select job.attempt from job where job.id = ${id}`.execute(database.db);
    return rows[0]?.attempt ?? 0;
  };
  let id = 0;
  await whileRowWaits(database, 1, async () => {
    const parameters = { source: `deadly-${database.nom}`, fileId };
    id = (await operator.call('startImport', parameters, on())).job_id;
    for (let death = 1; death <= 5; death += 1) {
      await untilWaiting(database.db);
      await takeAway(id);
      await severed.execute(database.db);
      while ((await attempts(id)) <= 2 * death);
    }
  });
  const job = await ended(operator, id, database.nom);
  assert.equal(job.state, 'failed');
  assert.match(job.problem ?? '', /broken off 5 times/);
});

test('a job that finds a row locked is put off and says why, however often, and then goes on', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `locked-${database.nom}`, 'file', { database });
  const fileId = await upload(operator, leads(2), on());
  let id = 0;
  await whileRowWaits(database, 1, async () => {
    const parameters = { source: `locked-${database.nom}`, fileId };
    id = (await operator.call('startImport', parameters, on())).job_id;
    await untilWaiting(database.db);
    // One more break would be the end of it.
    await sql`update job set breaks = 4 where job.id = ${id}`.execute(database.db);
    const seen = await putOff(id);
    assert.deepEqual([seen.state, seen.cancellable], ['queued', true]);
    assert.equal(seen.problem, 'The database is busy.');
  });
  await sql`update job set lease_until = clock_timestamp() where job.id = ${id}`.execute(
    database.db,
  );
  await allDone();
  const job = await operator.call('getJob', { id }, on());
  assert.deepEqual([job.state, job.problem], ['done', null]);
  assert.equal(job.counts.accepted, 2);
});

test('a job that is put off is cancelled at once, the undoing of an import too', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `undone-${database.nom}`, 'file', { database });
  const fileId = await upload(operator, leads(2), on());
  const parameters = { source: `undone-${database.nom}`, fileId };
  const { job_id, import_id } = await operator.call('startImport', parameters, on());
  await ended(operator, job_id, database.nom);
  const undo = await operator.call('undoImport', { id: import_id }, on());
  await ended(operator, undo.job_id, database.nom);
  // As a server leaves it that was broken off again and again.
  await sql`
    update job set state = 'running', finished_at = null, problem = 'The database is busy.',
      lease_until = clock_timestamp() + interval '320 seconds'
    where job.id = ${undo.job_id}`.execute(database.db);
  const cancelled = await operator.call('cancelJob', { id: undo.job_id }, on());
  assert.deepEqual(
    [cancelled.state, cancelled.stopping, cancelled.problem],
    ['cancelled', false, null],
  );
});

test('rules that change while a file is imported hold for its next rows', async () => {
  await loadInto(database, publishedCrm());
  const source = `ruled-${database.nom}`;
  await makeSource(server, source, 'file', { database });
  const fileId = await upload(operator, leads(300), on());
  const admin = await signedIn(server, 'admin');
  let id = 0;
  await whileRowWaits(database, 10, async () => {
    id = (await operator.call('startImport', { source, fileId }, on())).job_id;
    await untilWaiting(database.db);
    await admin.call('pauseSource', { nom: source, paused: true }, on());
  });
  const { state, counts } = await ended(operator, id, database.nom);
  assert.equal(state, 'done');
  const { accepted = 0, quarantined = 0 } = counts;
  // Two hundred rows at the most are stored together.
  assert.ok(quarantined >= 100 && accepted + quarantined === 300, `${accepted}, ${quarantined}`);
});

test('an import that is taken back while its job is put off is not begun anew', async () => {
  await loadInto(database, publishedCrm());
  const source = `taken-${database.nom}`;
  await makeSource(server, source, 'file', { database });
  const fileId = await upload(operator, leads(2), on());
  let id = 0;
  await whileRowWaits(database, 1, async () => {
    const started = await operator.call('startImport', { source, fileId }, on());
    id = started.job_id;
    await putOff(id);
    assert.ok(await undoImport(database, started.import_id, 'command:import'));
  });
  await allDone();
  const job = await ended(operator, id, database.nom);
  assert.equal(job.state, 'failed');
  assert.match(job.problem ?? '', /was undone/);
  assert.equal((await operator.call('listQuarantine', {}, on())).total, 0);
  assert.equal((await operator.call('searchContacts', { search: 'Nom' }, on())).total, 0);
});

test('a job that comes further each time, or that servers hand back, is not given up', async () => {
  await loadInto(database, queueCrm(501));
  const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
  let id = 0;
  await whileActionWaits(database, 501, async () => {
    await whileActionWaits(database, 1, async () => {
      id = (await operator.call('changeStatuts', change, on())).job_id;
      await untilWaiting(database.db);
      await sql`update job set breaks = 4 where job.id = ${id}`.execute(database.db);
    });
    while ((await operator.call('getJob', { id }, on())).done < 500);
    await untilWaiting(database.db);
    await takeAway(id);
  });
  const job = await ended(operator, id, database.nom);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { changed: 501, unchanged: 0, refused: 0 });

  await sql`
    update job set state = 'queued', finished_at = null, breaks = 4
    where job.id = ${id}`.execute(database.db);
  await allDone();
  assert.equal((await operator.call('getJob', { id }, on())).state, 'done');
});

test('a job whose process died while the clock was a month ahead is taken up when the clock is right', async () => {
  await loadInto(database, queueCrm(2));
  const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
  let id = 0;
  await whileActionWaits(database, 1, async () => {
    id = (await operator.call('changeStatuts', change, on())).job_id;
    await untilWaiting(database.db);
    await sql`
      update job set attempt = job.attempt + 1,
        lease_until = clock_timestamp() + interval '31 days'
      where job.id = ${id}`.execute(database.db);
  });
  await allDone();
  assert.equal((await operator.call('getJob', { id }, on())).state, 'done');
  assert.deepEqual(await states(database), { [QUALIFY]: 2 });
});

// Whatever it is about to note of the job, another server has it now.
const endings: [what: string, happens: RawBuilder<unknown>][] = [
  ['goes on', sql`select`],
  ['fails', sql`alter table audit add check (act <> 'action.statut') not valid`],
  ['loses its connection', severed],
];

for (const [what, happens] of endings) {
  test(`a server that lost a job while it was asleep leaves it alone when it ${what}`, async () => {
    await loadInto(database, queueCrm(6));
    const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
    let id = 0;
    await whileActionWaits(database, 1, async () => {
      id = (await operator.call('changeStatuts', change, on())).job_id;
      await untilWaiting(database.db);
      await sql`
        update job set attempt = job.attempt + 1, lease_until = 'infinity'
        where job.id = ${id}`.execute(database.db);
      await happens.execute(database.db);
    });
    await allDone();
    assert.deepEqual(await states(database), { [READY]: 6 });
    const { rows } = await sql`
      select job.state, job.lease_until from job where job.id = ${id}`.execute(database.db);
    assert.deepEqual(rows, [{ state: 'running', lease_until: Number.POSITIVE_INFINITY }]);
  });
}
