import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { errors } from '@relais/contract';
import { sql } from 'kysely';
import { startServer } from '../../src/serve.ts';
import { publishedCrm, queueCrm } from '../support/crm.ts';
import { freshInstallation, installationFor, loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { send, serverFor, spawnServer } from '../support/server.ts';
import { untilWaiting, whileHeld } from '../support/waiting.ts';
import { sampleOf, scrape } from './metricsText.ts';

test('requests are counted by route, operation, status and error code', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('Promoteur X');
  await server.send(key, { operation: 'getRegions' });
  await server.send(key, { operation: 'getRegions' });
  await server.send(key, { operation: 'readContacts', limit: 0 });
  await server.send(undefined, { operation: 'getRegions' });
  const samples = await scrape(server.url);
  const requests = (labels: Record<string, string>) =>
    sampleOf(samples, 'relais_requests_total', { route: '/api/v1', ...labels });
  assert.equal(requests({ operation: 'getRegions', status: '200', code: '' }), 2);
  assert.equal(requests({ operation: 'readContacts', code: 'invalid_parameter' }), 1);
  assert.equal(requests({ operation: '', status: '401', code: 'missing_api_key' }), 1);
  const duration = { route: '/api/v1', operation: 'getRegions' };
  assert.equal(sampleOf(samples, 'relais_request_duration_seconds_count', duration), 2);
  // The scrape itself is being answered.
  assert.equal(sampleOf(samples, 'relais_requests_in_flight'), 1);
});

test('no caller can invent a value of a label', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('Promoteur X');
  await fetch(`${server.url}/invented/path`);
  await fetch(`${server.url}/intake/v1/invented`, { method: 'POST', body: '{}' });
  await fetch(`${server.url}/docs/invented`);
  await fetch(`${server.url}/api/v1?apiKey=${key}`, { method: 'POST' });
  await server.send(key, { operation: 'invented' });
  await server.send(`${key.slice(0, -1)}_`, { operation: 'getRegions' });
  const samples = await scrape(server.url);
  const values = samples.flatMap(({ labels }) => Object.values(labels));
  assert.deepEqual(
    values.filter((value) => value.includes('invented') || value.includes(key.slice(0, 30))),
    [],
  );
  const codes = samples
    .filter(({ name }) => name === 'relais_requests_total')
    .map(({ labels }) => labels.code ?? '');
  assert.ok(codes.every((code) => code === '' || code in errors));
  assert.ok(sampleOf(samples, 'relais_requests_total', { route: 'none', status: '404' }));
});

test('contacts are counted as their pull was delivered', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(7));
  const { text: key } = await server.key('Promoteur X');
  const headers = { 'idempotency-key': 'once' };
  await server.send(key, { operation: 'pullContacts', limit: 3 }, headers);
  await server.send(key, { operation: 'pullContacts', limit: 3 }, headers);
  await server.send(key, { operation: 'pullContacts' });
  await server.send(key, { operation: 'pullContacts' });
  const samples = await scrape(server.url);
  const pulled = (delivery: string) =>
    sampleOf(samples, 'relais_contacts_pulled_total', { database: 'main', delivery });
  assert.equal(pulled('written'), 7);
  assert.equal(pulled('repeated'), 3);
});

test('a request whose client went before the answer is counted as such, and in flight no more', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(2));
  const { text: key } = await server.key('Promoteur X');
  const gone = new AbortController();
  await whileHeld(server.main.db, sql`select from client for update`, async () => {
    const ask = { operation: 'pullContacts' };
    const call = send(server.url, key, ask, {}, gone.signal).catch(() => undefined);
    await untilWaiting(server.main.db);
    gone.abort();
    await call;
  });
  const closed = { operation: 'pullContacts', status: '499' };
  for (;;) {
    const samples = await scrape(server.url);
    if (sampleOf(samples, 'relais_requests_total', closed) === undefined) continue;
    assert.equal(sampleOf(samples, 'relais_requests_in_flight'), 1);
    break;
  }
});

test('a request that could not be read is counted, one that began only once', async (t) => {
  const server = await serverFor(t);
  const { hostname, port } = new URL(server.url);
  const say = async (text: string) => {
    const socket = connect(Number(port), hostname);
    socket.resume().write(text);
    await once(socket, 'close');
  };
  await say('what is this\r\n\r\n');
  await say(`GET /docs HTTP/1.1\r\nHost: x\r\nLong: ${'x'.repeat(70_000)}\r\n\r\n`);
  await say('POST /api/v1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nnonsense\r\n');
  const counts = (await scrape(server.url))
    .filter(({ name }) => name === 'relais_requests_total')
    .map(({ labels, value }) => [labels.route, labels.status, labels.code, value]);
  assert.deepEqual(
    counts.sort().map((count) => count.join(' ')),
    ['/api/v1 400 invalid_request 1', 'none 400 invalid_request 1', 'none 431 headers_too_large 1'],
  );
});

test('the figures of a CRM database: ready, last pull, leads, quarantine, jobs', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(6));
  const { id, text: key } = await server.key('Promoteur X', { regions: [30] });
  const token = await makeSource(server, 'site', 'json', { id_programme: 130 });
  await postJson(server.url, 'site', token, { nom: 'Durand', email: 'd@example.com' });
  await postJson(server.url, 'site', token, { nom: 'Sans adresse' });
  await server.send(key, { operation: 'pullContacts', limit: 1 });
  await sql`insert into job (kind, state, created_by, request, finished_at)
    values ('export', 'failed', 'staff:1', '{}', now())`.execute(server.main.db);
  const samples = await scrape(server.url);
  const value = (name: string, labels: Record<string, string> = {}) =>
    sampleOf(samples, name, { database: 'main', environment: 'live', ...labels });
  assert.equal(value('relais_database_up'), 1);
  assert.equal(sampleOf(samples, 'relais_catalog_up'), 1);
  assert.equal(value('relais_ready', { statut: 'À transmettre' }), 6);
  assert.ok((value('relais_ready_oldest_seconds') ?? 0) > 3600);
  assert.equal(value('relais_ready_unreached'), 3);
  const last = value('relais_key_last_pull_seconds', { key: id, client: '1' }) ?? -1;
  assert.ok(last >= 0 && last < 60, String(last));
  assert.equal(value('relais_quarantine'), 1);
  assert.equal(value('relais_leads_last_hour', { outcome: 'accepted' }), 1);
  assert.equal(value('relais_leads_last_hour', { outcome: 'quarantined' }), 1);
  assert.equal(
    sampleOf(samples, 'relais_leads_total', { database: 'main', outcome: 'accepted' }),
    1,
  );
  assert.equal(value('relais_jobs', { state: 'failed' }), 1);
  assert.equal(value('relais_silent_clients'), 0);
  assert.equal(value('relais_pulls_held'), 0);
  assert.equal(sampleOf(samples, 'relais_pool_limit', { pool: 'crm:main' }), 10);
  assert.ok(sampleOf(samples, 'nodejs_eventloop_lag_p99_seconds') !== undefined);
  assert.ok(sampleOf(samples, 'process_resident_memory_bytes'));
});

test('a CRM database that is away is told as such, and the scrape goes on', async (t) => {
  const server = await serverFor(t);
  const doomed = await server.create('doomed');
  const found = await sql<{ name: string }>`select current_database() as name`.execute(doomed.db);
  const name = found.rows[0]?.name ?? '';
  await sql`alter database ${sql.id(name)} allow_connections false`.execute(server.main.db);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${name}`.execute(server.main.db);
  const samples = await scrape(server.url);
  assert.equal(sampleOf(samples, 'relais_database_up', { database: 'doomed' }), 0);
  assert.equal(sampleOf(samples, 'relais_database_up', { database: 'main' }), 1);
});

test('scrapes of the same moment share one reading', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(5));
  const { text: key } = await server.key('Promoteur X');
  await Promise.all([scrape(server.url), scrape(server.url)]);
  // What has changed since is told by the next reading, seconds later.
  await server.send(key, { operation: 'pullContacts' });
  const samples = await scrape(server.url);
  assert.equal(sampleOf(samples, 'relais_ready', { database: 'main' }), 5);
});

test('without a token /metrics is there for this machine alone, and not through a proxy', async (t) => {
  const installation = await freshInstallation({ RELAIS_HOST: '0.0.0.0' });
  const server = await startServer(installation.config);
  t.after(async () => {
    await server.close();
    await installation.close();
  });
  const { port } = new URL(server.url);
  const status = async (host: string, headers: Record<string, string> = {}) =>
    (await fetch(`http://${host}:${port}/metrics`, { headers })).status;
  assert.equal(await status('127.0.0.1'), 200);
  assert.equal(await status('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }), 404);
  assert.equal(await status('127.0.0.1', { forwarded: 'for=127.0.0.1' }), 404);
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal);
  if (!outside) return t.diagnostic('this machine has no address but its own loopback');
  assert.equal(await status(outside.address), 404);
  assert.equal(await status(outside.address, { 'x-forwarded-for': '127.0.0.1' }), 404);
});

test('with a token /metrics is there for who shows it', async (t) => {
  const token = 'a-token-of-thirty-two-characters!';
  const server = await serverFor(t, { RELAIS_METRICS_TOKEN: token });
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/metrics`, { headers })).status;
  assert.equal(await status({}), 404);
  assert.equal(await status({ authorization: `Bearer ${token.slice(0, -1)}` }), 404);
  assert.equal(await status({ authorization: `Bearer ${token}` }), 200);
  assert.equal(await status({ authorization: `Bearer ${token}`, via: '1.1 proxy' }), 200);
});

test('with several workers the numbers are those of all, whichever is asked', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, publishedCrm());
  const { text: key } = await installation.key('Promoteur X');
  const server = await spawnServer({
    DATABASE_URL: installation.catalogUrl,
    RELAIS_WORKERS: '2',
    RELAIS_DRAIN_SECONDS: '0',
  });
  try {
    const ask = { operation: 'getRegions' };
    const close = { connection: 'close' };
    for (let n = 0; n < 12; n += 1) await send(server.url, key, ask, close);
    for (let n = 0; n < 4; n += 1) {
      const samples = await scrape(server.url, close);
      const labels = { operation: 'getRegions', status: '200' };
      assert.equal(sampleOf(samples, 'relais_requests_total', labels), 12);
      assert.equal(sampleOf(samples, 'relais_pool_limit', { pool: 'catalog' }), 20);
      // Read by the worker that was asked: not added up.
      assert.equal(sampleOf(samples, 'relais_ready', { database: 'main' }), 1);
    }
  } finally {
    await server.end();
  }
  assert.equal(server.child.exitCode, 0);
});
