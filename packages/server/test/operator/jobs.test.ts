import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/databases.ts';
import { PULLED, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { type Browser, download, ended, jobWhen, tableOf, upload } from '../support/files.ts';
import { freshInstallation, loadInto, type TestInstallation } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import {
  freshServer,
  type ServerProcess,
  spawnServer,
  type TestServer,
} from '../support/server.ts';
import { caller, type SignedIn, signedIn } from '../support/staff.ts';

let server: TestServer;
let operator: SignedIn;
let browser: Browser;
let database: CrmDatabase;
let databases = 0;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'operateur');
  browser = { url: server.url, cookie: operator.cookie };
});
after(() => server.close());
beforeEach(async () => {
  databases += 1;
  database = await server.create(`jobs${databases}`);
});

const on = () => ({ database: database.nom });

const leads = (count: number): string =>
  [
    'nom;telephone;programme',
    ...Array.from({ length: count }, (_, row) => `Nom ${row};06${10_000_000 + row};145`),
  ].join('\r\n');

const states = async (db: TestInstallation['main']) => {
  const found = await sql<{ id_statut: number; actions: number }>`
    select action.id_statut, count(*) as actions from action group by action.id_statut
    order by action.id_statut`.execute(db.db);
  return Object.fromEntries(found.rows.map((row) => [row.id_statut, row.actions]));
};

/** The queued job of another process that never comes: nobody takes it. */
async function holdJob(id: number): Promise<void> {
  await sql`
    update job set state = 'running', attempt = job.attempt + 1,
      lease_until = clock_timestamp() + interval '1 hour'
    where job.id = ${id}`.execute(database.db);
}

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
  const report = await tableOf(t, await download(browser, job, database.nom));
  assert.equal(report.length, 602);
  assert.deepEqual(report[1], { 'N° de contact': '3', Résultat: 'changé' });
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
  const report = await tableOf(t, await download(browser, job, database.nom));
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
  await makeSource(server, `progress${databases}`, 'file', { database });
  const fileId = await upload(browser, leads(2_000), on());
  const parameters = { source: `progress${databases}`, fileId };
  const { job_id } = await operator.call('startImport', parameters, on());
  const seen = await jobWhen(operator, job_id, ({ done }) => done > 0, database.nom);
  assert.equal(seen.state, 'running');
  assert.equal(seen.total, 2_000);
  assert.equal(seen.cancellable, true);
  assert.equal(seen.file, null);
  const live = await operator.call('listJobs', { mine: true, live: true }, on());
  assert.deepEqual(
    live.items.map((job) => job.job_id),
    [job_id],
  );
  const { items } = await operator.call('listImports', {}, on());
  assert.equal(items[0]?.live, true);
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.done, 2_000);
  assert.equal((await operator.call('listJobs', { live: true }, on())).total, 0);
});

test('a job that is cancelled stops between two batches; an import is gone on with', async () => {
  await loadInto(database, publishedCrm());
  await makeSource(server, `cancelled${databases}`, 'file', { database });
  const fileId = await upload(browser, leads(2_000), on());
  const parameters = { source: `cancelled${databases}`, fileId };
  const first = await operator.call('startImport', parameters, on());
  await jobWhen(operator, first.job_id, ({ done }) => done > 0, database.nom);
  const asked = await operator.call('cancelJob', { id: first.job_id }, on());
  assert.equal(asked.stopping, asked.state === 'running');
  const job = await ended(operator, first.job_id, database.nom);
  assert.equal(job.state, 'cancelled');
  assert.ok(job.done > 0 && job.done < 2_000);
  const found = await operator.call('getImport', { id: first.import_id }, on());
  assert.equal(found.import.state, 'running');
  assert.equal(found.import.live, false);
  assert.equal(found.import.accepted, job.done);

  const second = await operator.call('startImport', parameters, on());
  assert.equal(second.import_id, first.import_id);
  const end = await ended(operator, second.job_id, database.nom);
  assert.deepEqual(end.counts, { accepted: 2_000, merged: 0, quarantined: 0, repeated: 0 });
});

test('a job that waits is cancelled at once, by its owner or an admin, and nobody else', async () => {
  await loadInto(database, publishedCrm());
  const { job_id } = await operator.call('exportContacts', { format: 'csv' }, on());
  await ended(operator, job_id, database.nom);
  await sql`
    update job set state = 'queued', finished_at = null, lease_until = null, cancel_by = 'x'
    where job.id = ${job_id}`.execute(database.db);
  await sql`
    update job set cancel_by = null where job.id = ${job_id}`.execute(database.db);
  await holdJob(job_id);
  const colleague = await signedIn(server, 'operateur');
  const seen = await colleague.call('getJob', { id: job_id }, on());
  assert.equal(seen.cancellable, false);
  const refused = { ...on(), expect: 'role_not_allowed' } as const;
  await colleague.call('cancelJob', { id: job_id }, refused);
  const admin = await signedIn(server, 'admin');
  assert.equal((await admin.call('cancelJob', { id: job_id }, on())).stopping, true);
  await operator.call('cancelJob', { id: 999 }, { ...on(), expect: 'record_not_found' });
});

test('a job whose process dies at the same place each time is given up', async () => {
  await loadInto(database, publishedCrm());
  const { job_id } = await operator.call('exportContacts', { format: 'csv' }, on());
  await ended(operator, job_id, database.nom);
  await sql`
    update job set state = 'running', finished_at = null, breaks = 4,
      lease_until = clock_timestamp()
    where job.id = ${job_id}`.execute(database.db);
  const job = await ended(operator, job_id, database.nom);
  assert.equal(job.state, 'failed');
  assert.match(job.problem ?? '', /broken off 5 times/);
});

/** An installation with two server processes, the second one started when it is wanted. */
async function twoServers(t: { after(work: () => Promise<void>): void }) {
  const installation = await freshInstallation();
  t.after(() => installation.close());
  const env = { DATABASE_URL: installation.config.databaseUrl ?? '' };
  const start = async (): Promise<ServerProcess> => {
    const child = await spawnServer(env);
    t.after(async () => {
      if (child.child.exitCode === null && child.child.signalCode === null) await child.end();
    });
    return child;
  };
  const first = await start();
  const { cookie } = await signedIn({ ...installation, url: first.url }, 'operateur');
  return { installation, first, start, cookie };
}

test('an import survives the death of its server, and ends right on another', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, publishedCrm());
  await makeSource(installation, 'salons', 'file');
  const fileId = await upload({ url: first.url, cookie }, `${leads(3_000)}\r\nX;06;145`);
  const before = caller(first.url, cookie);
  const { job_id } = await before.call('startImport', { source: 'salons', fileId });
  const seen = await jobWhen(before, job_id, ({ done }) => done > 0);
  assert.equal(seen.state, 'running');
  await first.end('SIGKILL');

  const second = await start();
  const after = caller(second.url, cookie);
  assert.equal((await after.call('getJob', { id: job_id })).state, 'running');
  await sql`
    update job set lease_until = clock_timestamp()
    where job.id = ${job_id}`.execute(installation.main.db);
  const job = await ended(after, job_id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { accepted: 3_000, merged: 0, quarantined: 1, repeated: 0 });
  assert.equal(job.done, 3_001);
  const waiting = await tableOf(t, await download({ url: second.url, cookie }, job));
  assert.deepEqual(
    waiting.map((row) => row.nom),
    ['X'],
  );
});

test('a bulk change survives the death of its server: each contact is changed and told once', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, queueCrm(6_000));
  const before = caller(first.url, cookie);
  const { job_id } = await before.call('changeStatuts', {
    search: 'nom',
    statutId: QUALIFY,
    reason: 'to be checked',
  });
  await jobWhen(before, job_id, ({ done }) => done > 0);
  await first.end('SIGKILL');

  const second = await start();
  await sql`
    update job set lease_until = clock_timestamp()
    where job.id = ${job_id}`.execute(installation.main.db);
  const after = caller(second.url, cookie);
  const job = await ended(after, job_id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { changed: 6_000, unchanged: 0, refused: 0 });
  const changes = await sql<{ changes: number }>`
    select count(*) as changes from statut_change`.execute(installation.main.db);
  assert.equal(changes.rows[0]?.changes, 6_000);
  const report = await tableOf(t, await download({ url: second.url, cookie }, job));
  assert.equal(new Set(report.map((row) => row['N° de contact'])).size, 6_000);
  assert.equal(report.length, 6_000);
});

test('a server that closes hands its job back for another to go on with at once', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, publishedCrm());
  await makeSource(installation, 'salons', 'file');
  const fileId = await upload({ url: first.url, cookie }, leads(3_000));
  const before = caller(first.url, cookie);
  const { job_id } = await before.call('startImport', { source: 'salons', fileId });
  await jobWhen(before, job_id, ({ done }) => done > 0);
  await first.end('SIGTERM');
  const found = await sql<{ state: string; done: number }>`
    select job.state, job.done from job where job.id = ${job_id}`.execute(installation.main.db);
  assert.equal(found.rows[0]?.state, 'queued');

  const second = await start();
  const job = await ended(caller(second.url, cookie), job_id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.equal(job.counts.accepted, 3_000);
});
