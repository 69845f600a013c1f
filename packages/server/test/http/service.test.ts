import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { seeded } from '../../../../faults/rig/random.ts';
import { openWire } from '../../../../faults/rig/wire.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { publishedCrm, queueCrm } from '../support/crm.ts';
import { installationFor, loadInto, type TestInstallation } from '../support/installation.ts';
import { idsOf, type Reply, send, serverFor, spawnServer } from '../support/server.ts';
import { untilWaiting } from '../support/waiting.ts';

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** A way to an installation's PostgreSQL that can be cut, open for a test. */
async function wireTo(t: TestContext, { catalogUrl }: TestInstallation) {
  const url = new URL(catalogUrl);
  const wire = await openWire(`${url.searchParams.get('host')}/.s.PGSQL.5432`, seeded(1));
  t.after(() => wire.close());
  url.search = '';
  url.host = `127.0.0.1:${wire.port}`;
  return { wire, url: url.href };
}

test('healthz and readyz say that process and databases answer', async (t) => {
  const server = await serverFor(t);
  for (const path of ['/healthz', '/readyz']) {
    const answer = await fetch(server.url + path);
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), { status: 'ok' });
  }
});

test('while the database is away every call is answered 503, then all goes on by itself', async (t) => {
  const env = { RELAIS_DATA_DIR: join(await temporaryFolder(t), 'data') };
  await relais(env, 'database', 'create', 'main');
  const server = await spawnServer(env);
  try {
    const unknown = `relais_live_${'0'.repeat(12)}_${'0'.repeat(49)}`;
    const answers: Reply[] = [];
    const cluster = join(env.RELAIS_DATA_DIR, 'postgres', 'cluster', 'postmaster.pid');
    const { readFile } = await import('node:fs/promises');
    process.kill(Number.parseInt(await readFile(cluster, 'utf8'), 10), 'SIGKILL');
    let ready = 0;
    do {
      answers.push(await send(server.url, unknown, { operation: 'getRegions' }));
      ready = (await fetch(`${server.url}/readyz`)).status;
      assert.ok([200, 503].includes(ready));
    } while (ready !== 200);
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    for (const { status } of answers) assert.ok([401, 429, 503].includes(status), String(status));
  } finally {
    await server.end();
  }
});

test('a CRM database that is away gives 503 with Retry-After, never an empty list', async (t) => {
  const server = await serverFor(t);
  const doomed = await server.create('doomed');
  await loadInto(doomed, publishedCrm());
  const { text: key } = await server.key('Promoteur X', { database: doomed });
  assert.equal((await server.send(key, { operation: 'readContacts' })).status, 200);
  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    doomed.db,
  );
  await sql`alter database ${sql.id(rows[0]?.name ?? '')} allow_connections false`.execute(
    server.main.db,
  );
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${rows[0]?.name}`.execute(server.main.db);
  for (const operation of ['getRegions', 'readContacts', 'pullContacts', 'getPulledContacts']) {
    const reply = await server.send(key, { operation });
    assert.equal(reply.status, 503, reply.text);
    assert.equal(reply.headers.get('error-code'), 'unavailable');
    assert.ok(Number(reply.headers.get('retry-after')) >= 1);
    assert.deepEqual(Object.keys(JSON.parse(reply.text)), ['valid', 'error']);
  }
  assert.equal((await fetch(`${server.url}/readyz`)).status, 503);
});

test('connections to the database that die without a word are given up, then all goes on', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(5));
  const { text: key } = await installation.key('Promoteur X');
  const { wire, url } = await wireTo(t, installation);
  const server = await spawnServer({ DATABASE_URL: url });
  t.after(() => server.end());
  const read = (signal?: AbortSignal) =>
    send(server.url, key, { operation: 'readContacts' }, {}, signal);
  assert.equal((await read()).status, 200);
  wire.lose();
  const guard = AbortSignal.timeout(60_000);
  const answers = await Promise.all(Array.from({ length: 20 }, () => read(guard)));
  assert.ok(answers.some(({ status }) => status === 503));
  for (const { status } of answers) assert.ok([200, 503].includes(status), String(status));
  assert.equal((await read(guard)).status, 200);
});

test('closing finishes the request in flight and refuses no connection before', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(5));
  const { text: key } = await installation.key('Promoteur X');
  const server = await spawnServer({ DATABASE_URL: installation.catalogUrl });
  const { db } = installation.main;
  const { call, ended } = await db.transaction().execute(async (trx) => {
    await sql`select from client for update`.execute(trx);
    const started = send(server.url, key, { operation: 'pullContacts' });
    await untilWaiting(db);
    return { call: started, ended: server.end('SIGTERM') };
  });
  assert.deepEqual(idsOf(await call), [1, 2, 3, 4, 5]);
  await ended;
  assert.equal(server.child.exitCode, 0);
});

test('logs hold the request, and nothing of a person or a key', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, publishedCrm());
  const { text: key, id } = await installation.key('Promoteur X');
  const { wire, url: databaseUrl } = await wireTo(t, installation);
  const child = spawn(process.execPath, [main, 'serve', '--port', '0'], {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const logged = text(child.stdout);
  let url = '';
  for await (const line of createInterface({ input: child.stderr })) {
    url = /answers at (http:\S+),/.exec(line)?.[1] ?? '';
    if (url) break;
  }
  child.stderr.resume();
  const reply = await send(url, key, { operation: 'pullContacts' });
  await send(url, key, {
    operation: 'releasePull',
    pullId: reply.headers.get('pull-id'),
    reason: 'Éloïse',
  });
  await fetch(`${url}/api/v1?apiKey=${key}`, { method: 'POST' });
  // A failure inside: its message would quote the value.
  await sql`alter table region rename to moved`.execute(installation.main.db);
  const failed = await send(url, key, { operation: 'getRegions' });
  assert.equal(failed.status, 500);
  assert.match(
    JSON.parse(failed.text).error,
    /^Something failed on our side\. Request-Id: [0-9a-f-]{36}$/,
  );
  assert.doesNotMatch(failed.text, /region|select|at /);
  await wire.close();
  assert.equal((await send(url, key, { operation: 'getRegions' })).status, 503);
  child.kill('SIGTERM');
  await once(child, 'exit');

  const lines = (await logged)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const pull = lines.find((line) => line.operation === 'pullContacts');
  assert.equal(pull.status, 200);
  assert.equal(pull.key, id);
  assert.equal(pull.pull, reply.headers.get('pull-id'));
  assert.ok(lines.some((line) => line.msg === 'unexpected failure' && line.sqlstate === '42P01'));
  const away = lines.find((line) => line.msg === 'unavailable');
  assert.match(away.postgresql, /^(does not answer|broke the connection)$/);
  assert.equal(away.stack, undefined);
  const whole = await logged;
  for (const secret of [key, key.slice(-49), 'Dupont', 'jean@email.com', '33612345678', 'Éloïse']) {
    assert.ok(!whole.includes(secret), secret);
  }
});
