import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { temporaryFolder } from '../support/command.ts';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto, type TestInstallation } from '../support/installation.ts';
import { send, spawnServer } from '../support/server.ts';
import { type Load, startLoad } from './load.ts';
import { spawnWorkers } from './spawnWorkers.ts';

/** More contacts than are pulled while a load lasts. */
const MANY = 5_000;

/** An installation with contacts, a few unless told otherwise, and the keys of two clients of the same regions. */
async function installationWithKeys(t: TestContext, contacts = 10) {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(contacts));
  const keys = [
    (await installation.key('Promoteur X')).text,
    (await installation.key('Promoteur Y')).text,
  ];
  return { installation, keys, env: { DATABASE_URL: installation.catalogUrl } };
}

/** What was answered is what was committed, and nothing of it went to two. */
async function assertDeliveredOnce({ main }: TestInstallation, { pulls }: Load): Promise<void> {
  const delivered = [...pulls.values()].flat();
  assert.ok(delivered.length > 0, 'contacts were pulled');
  assert.equal(new Set(delivered).size, delivered.length, 'no contact was pulled twice');
  const { rows } = await sql<{ id: number }>`
    select pull_item.id_action as id from pull_item`.execute(main.db);
  const byNumber = (one: number, other: number) => one - other;
  assert.deepEqual(delivered.sort(byNumber), rows.map(({ id }) => id).sort(byNumber));
}

/** Does a piece of work while no new connection to the catalog is let in. */
async function whileCatalogIsShut(
  { databases, main }: TestInstallation,
  work: () => Promise<void>,
): Promise<void> {
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    databases.catalog,
  );
  const open = (allowed: boolean) =>
    sql`alter database ${sql.id(rows[0]?.name ?? '')} allow_connections ${sql.lit(allowed)}`.execute(
      main.db,
    );
  await open(false);
  try {
    await work();
  } finally {
    await open(true);
  }
}

/** A module that lets workers hang at their start while a file is there, and patience end at once. */
const hangingWhile = (file: string): string => `
  import cluster from 'node:cluster';
  import { existsSync } from 'node:fs';
  const hangs = () => existsSync(${JSON.stringify(file)});
  if (cluster.isWorker && hangs()) await new Promise(() => setInterval(() => {}, 60_000));
  const later = setTimeout;
  globalThis.setTimeout = (work, ms, ...given) =>
    later(work, cluster.isPrimary && ms >= 60_000 && hangs() ? 0 : ms, ...given);
`;

test('two rolling restarts under load: not one request fails, no contact is pulled twice', async (t) => {
  const { installation, keys, env } = await installationWithKeys(t, MANY);
  const server = await spawnWorkers(t, env);
  const load = startLoad(t, server.url, keys);
  for (const restart of [1, 2]) {
    server.signal('SIGHUP');
    await server.until('every worker was replaced', restart);
  }
  const before = load.answers();
  while (load.answers() < before + 100) await delay(5);
  await load.stop();

  assert.deepEqual(load.failures, []);
  assert.ok(load.closings() > 0, 'connections that were kept alive were ended by an answer');
  const started = server.logged('a worker answers').map(({ worker }) => worker);
  assert.equal(new Set(started).size, 6);
  assert.equal(server.logged('a worker has left').length, 4);
  assert.deepEqual(server.logged('a worker died'), []);
  await assertDeliveredOnce(installation, load);
  server.signal('SIGINT');
  assert.equal(await server.ended(), 0);
});

test('a worker that is killed under load is replaced, while the other answers; nothing is lost', async (t) => {
  const { installation, keys, env } = await installationWithKeys(t, MANY);
  const server = await spawnWorkers(t, env);
  const [victim] = server.logged('a worker answers');
  const load = startLoad(t, server.url, keys);
  while (load.answers() < 50) await delay(5);
  process.kill(victim?.worker ?? 0, 'SIGKILL');
  await server.until('a worker died', 1);
  const dead = load.answers();
  while (load.answers() < dead + 50) await delay(5);
  assert.equal((await server.until('a worker answers', 3)).length, 3);
  await load.stop();

  // Calls on the connections of the dead one are lost, as they have to be; none is refused.
  for (const failure of load.failures) assert.match(failure, /^fetch failed/);
  await assertDeliveredOnce(installation, load);
});

test('a rolling restart stops where a successor does not start, and those that run go on', async (t) => {
  const { installation, keys, env } = await installationWithKeys(t);
  const server = await spawnWorkers(t, env);
  const call = () => send(server.url, keys[0], { operation: 'readContacts', limit: 1 });
  assert.equal((await call()).status, 200);
  await whileCatalogIsShut(installation, async () => {
    server.signal('SIGHUP');
    await server.until('the restart stops here: a successor did not start', 1);
  });
  for (let count = 0; count < 4; count += 1) assert.equal((await call()).status, 200);
  assert.deepEqual(server.logged('a worker has left'), []);
  assert.equal(server.logged('a worker answers').length, 2);
});

test('a successor that hangs is ended, those that run go on, and the next restart is as any', async (t) => {
  const { keys, env } = await installationWithKeys(t);
  const folder = await temporaryFolder(t);
  const hangs = join(folder, 'hangs');
  const hanging = join(folder, 'hanging.mjs');
  await writeFile(hanging, hangingWhile(hangs));
  const options = `--import=${pathToFileURL(hanging)}`;
  const server = await spawnWorkers(t, { ...env, NODE_OPTIONS: options });
  const call = () => send(server.url, keys[0], { operation: 'readContacts', limit: 1 });
  await writeFile(hangs, '');
  server.signal('SIGHUP');
  await server.until('a worker does not start, and is ended', 1);
  await server.until('the restart stops here: a successor did not start', 1);
  assert.equal((await call()).status, 200);
  assert.deepEqual(server.logged('a worker has left'), []);
  await rm(hangs);
  server.signal('SIGHUP');
  await server.until('every worker was replaced', 1);
  assert.equal((await call()).status, 200);
});

test('a worker is replaced at last, however many successors do not start', async (t) => {
  const { installation, env } = await installationWithKeys(t);
  const server = await spawnWorkers(t, env);
  const [victim] = server.logged('a worker answers');
  await whileCatalogIsShut(installation, async () => {
    process.kill(victim?.worker ?? 0, 'SIGKILL');
    await server.until('a worker died', 4);
  });
  assert.equal((await server.until('a worker answers', 3)).length, 3);
});

test('workers end when their primary is killed', async (t) => {
  const { env } = await installationWithKeys(t);
  const server = await spawnWorkers(t, env);
  const alive = ({ worker = 0 }: { worker?: number }) => {
    try {
      return process.kill(worker, 0);
    } catch {
      return false;
    }
  };
  const workers = server.logged('a worker answers');
  assert.ok(workers.every(alive));
  server.signal('SIGKILL');
  await server.ended();
  while (workers.some(alive)) await delay(20);
  await assert.rejects(fetch(server.url));
});

test('a server that drains says so at /readyz, and still answers whoever comes', async (t) => {
  const { keys, env } = await installationWithKeys(t);
  const server = await spawnServer({ ...env, RELAIS_DRAIN_SECONDS: '60' });
  const ready = () => fetch(`${server.url}/readyz`);
  const kept = await ready();
  assert.equal(kept.status, 200);
  assert.equal(kept.headers.get('connection'), 'keep-alive');
  server.child.kill('SIGTERM');
  while ((await ready()).status === 200);
  const closing = await ready();
  assert.equal(closing.status, 503);
  assert.ok(Number(closing.headers.get('retry-after')) >= 1);
  const reply = await send(server.url, keys[0], { operation: 'pullContacts', limit: 1 });
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.headers.get('connection'), 'close');
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
  // Whoever does not want to wait sends the signal again.
  await server.end('SIGTERM');
  assert.equal(server.child.exitCode, 130);
});
