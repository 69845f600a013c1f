import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { startServer } from '../../src/serve.ts';
import { publishedCrm, QUALIFY, queueCrm } from '../support/crm.ts';
import { download, ended, tableOf, upload } from '../support/files.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { leads, whileActionWaits, whileRowWaits } from '../support/jobs.ts';
import { type ServerProcess, spawnServer } from '../support/server.ts';
import { caller, signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

/** An installation with two server processes, the second one started when it is wanted. */
async function twoServers(t: TestContext) {
  const installation = await installationFor(t);
  const env = { DATABASE_URL: installation.catalogUrl };
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
  const fileId = await upload({ url: first.url, cookie }, `${leads(600)}\r\nX;06;145`);
  const before = caller(first.url, cookie);
  let id = 0;
  await whileRowWaits(installation.main, 450, async () => {
    id = (await before.call('startImport', { source: 'salons', fileId })).job_id;
    await untilWaiting(installation.main.db);
    await first.end('SIGKILL');
  });
  await endLease(installation.main, id);

  const second = await start();
  const job = await ended(caller(second.url, cookie), id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { accepted: 600, merged: 0, quarantined: 1, repeated: 0 });
  assert.equal(job.done, 601);
  const waiting = await tableOf(t, await download({ url: second.url, cookie }, job));
  assert.deepEqual(
    waiting.map((row) => row.nom),
    ['X'],
  );
});

test('a bulk change survives the death of its server: each contact is changed and told once', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, queueCrm(1_200));
  const before = caller(first.url, cookie);
  const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
  let id = 0;
  await whileActionWaits(installation.main, 1_100, async () => {
    id = (await before.call('changeStatuts', change)).job_id;
    await untilWaiting(installation.main.db);
    assert.equal((await before.call('getJob', { id })).done, 1_000);
    await first.end('SIGKILL');
  });
  await endLease(installation.main, id);

  const second = await start();
  const job = await ended(caller(second.url, cookie), id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.deepEqual(job.counts, { changed: 1_200, unchanged: 0, refused: 0 });
  const changes = await sql<{ changes: number }>`
    select count(*) as changes from statut_change`.execute(installation.main.db);
  assert.equal(changes.rows[0]?.changes, 1_200);
  const report = await tableOf(t, await download({ url: second.url, cookie }, job));
  assert.equal(new Set(report.map((row) => row['N° de contact'])).size, 1_200);
  assert.equal(report.length, 1_200);
});

test('a server that closes hands its job back for another to go on with at once', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, publishedCrm());
  await makeSource(installation, 'salons', 'file');
  const fileId = await upload({ url: first.url, cookie }, leads(600));
  const before = caller(first.url, cookie);
  let id = 0;
  let gone: Promise<void> | undefined;
  await whileRowWaits(installation.main, 250, async () => {
    id = (await before.call('startImport', { source: 'salons', fileId })).job_id;
    await untilWaiting(installation.main.db);
    gone = first.end('SIGTERM');
    await untilClosed(first.url);
  });
  await gone;
  const found = await sql<{ state: string; done: number }>`
    select job.state, job.done from job where job.id = ${id}`.execute(installation.main.db);
  assert.equal(found.rows[0]?.state, 'queued');

  const second = await start();
  const job = await ended(caller(second.url, cookie), id);
  assert.equal(job.state, 'done', job.problem ?? '');
  assert.equal(job.counts.accepted, 600);
});

test('a job that one server runs is not taken by another, which does the next', async (t) => {
  const { installation, first, start, cookie } = await twoServers(t);
  await loadInto(installation.main, publishedCrm());
  await makeSource(installation, 'salons', 'file');
  const fileId = await upload({ url: first.url, cookie }, leads(600));
  const second = await start();
  const [one, other] = [caller(first.url, cookie), caller(second.url, cookie)];
  let id = 0;
  await whileRowWaits(installation.main, 450, async () => {
    id = (await one.call('startImport', { source: 'salons', fileId })).job_id;
    await untilWaiting(installation.main.db);
    const { job_id } = await other.call('exportContacts', { format: 'csv' });
    assert.equal((await ended(other, job_id)).state, 'done');
  });
  assert.equal((await ended(one, id)).state, 'done');
  const { rows } = await sql<{ attempt: number }>`
    select job.attempt from job where job.id = ${id}`.execute(installation.main.db);
  assert.deepEqual(rows, [{ attempt: 1 }]);
});

test('a server that lost a job while it was asleep does not hand it back as it closes', async (t) => {
  const installation = await installationFor(t);
  const { main, config } = installation;
  await loadInto(main, queueCrm(2));
  const server = await startServer(config);
  const { call } = await signedIn({ ...installation, url: server.url }, 'operateur');
  let closed: Promise<void> | undefined;
  await whileActionWaits(main, 1, async () => {
    const change = { search: 'nom', statutId: QUALIFY, reason: 'to be checked' };
    await call('changeStatuts', change);
    await untilWaiting(main.db);
    // Another server has taken it.
    await sql`update job set attempt = attempt + 1, lease_until = 'infinity'`.execute(main.db);
    closed = server.close();
  });
  await closed;
  const { rows } = await sql`select job.state, job.done from job`.execute(main.db);
  assert.deepEqual(rows, [{ state: 'running', done: 0 }]);
});

/** Lets the lease of a job run out whose process died. */
async function endLease({ db }: CrmDatabase, id: number): Promise<void> {
  await sql`
    update job set lease_until = clock_timestamp()
    where job.id = ${id} and job.state = 'running'`.execute(db);
}

/** Waits until a server takes no more requests. */
async function untilClosed(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`${url}/healthz`).catch(() => undefined);
    if (answer?.status !== 200) return;
  }
}
