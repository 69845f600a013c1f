import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { generate } from 'otplib';
import type { DB as Catalog } from '../../src/db/catalog.generated.ts';
import { startServer } from '../../src/serve.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { send } from '../support/server.ts';
import { PASSWORD, post, signedIn } from '../support/staff.ts';

/** Two servers on one installation. */
async function twoServers(t: TestContext, env: Record<string, string> = {}) {
  const installation = await installationFor(t, env);
  await loadInto(installation.main, publishedCrm());
  const start = async () => {
    const server = await startServer(installation.config);
    t.after(() => server.close());
    return server.url;
  };
  return { installation, one: await start(), other: await start(), start };
}

const regions = { operation: 'getRegions' };
const unknown = `relais_live_${'0'.repeat(12)}_${'0'.repeat(49)}`;

/** The hits of each limit that the processes have told of. */
async function told(catalog: Kysely<Catalog>, name: string): Promise<number[]> {
  const windows = await catalog
    .selectFrom('limit_window')
    .select('limit_window.hits')
    .where('limit_window.name', '=', name)
    .execute();
  return windows.map(({ hits }) => hits);
}

test('failed keys count on all servers together, and a right key goes on', async (t) => {
  const { installation, one, other, start } = await twoServers(t);
  const { text: key } = await installation.key('Promoteur X');
  for (let count = 0; count < 10; count += 1) {
    assert.equal((await send(count % 2 ? one : other, unknown, regions)).status, 401);
  }
  // Also on one that has just come.
  for (const url of [one, other, await start()]) {
    const reply = await send(url, unknown, regions);
    assert.equal(reply.status, 429, reply.text);
    assert.match(reply.headers.get('ratelimit') ?? '', /^"failures";r=0;t=\d+$/);
    assert.ok(Number(reply.headers.get('retry-after')) <= 60);
    assert.equal((await send(url, key, regions)).status, 200);
  }
});

test("a key's limit holds across servers, but for a tenth", async (t) => {
  const { installation, one, other } = await twoServers(t, { RELAIS_RATE_LIMIT: '50' });
  const { text: key } = await installation.key('Promoteur X');
  for (let count = 0; count < 50; count += 1) {
    assert.equal((await send(one, key, regions)).status, 200);
  }
  const over = await send(one, key, regions);
  assert.equal(over.status, 429);
  assert.equal(over.headers.get('ratelimit-policy'), '"key";q=50;w=60');
  const { catalog } = installation.databases;
  while ((await told(catalog, 'key'))[0] !== 50) await delay(20);

  for (let count = 0; count < 5; count += 1) {
    assert.equal((await send(other, key, regions)).status, 200);
  }
  while ((await told(catalog, 'key'))[0] !== 55) await delay(20);
  let late = 0;
  // What the catalog has said may still be on its way.
  while ((await send(other, key, regions)).status === 200) late += 1;
  assert.ok(late <= 5, String(late));
});

test('quiet traffic writes nothing', async (t) => {
  const { installation, one } = await twoServers(t, { RELAIS_RATE_LIMIT: '100' });
  const quiet = await installation.key('Promoteur X');
  const busy = await installation.key('Promoteur Y');
  for (let count = 0; count < 9; count += 1) await send(one, quiet.text, regions);
  for (let count = 0; count < 10; count += 1) await send(one, busy.text, regions);
  const { catalog } = installation.databases;
  while ((await told(catalog, 'key')).length === 0) await delay(20);
  assert.deepEqual(await told(catalog, 'key'), [10]);
});

test('guesses at a code count on all servers together, then even the right one has to wait', async (t) => {
  const { installation, one, other } = await twoServers(t);
  const person = await signedIn({ ...installation, url: one });
  const { secret } = await person.call('beginTwoFactor', { password: PASSWORD });
  await person.call('confirmTwoFactor', { code: await generate({ secret }) });
  const { catalog } = installation.databases;
  await sql`update staff set totp_last_step = 0`.execute(catalog);
  const password = { operation: 'signIn', email: person.staff.email, password: PASSWORD };
  const { cookie } = await post(one, undefined, password);
  const confirm = (url: string, code: string) =>
    post(url, cookie, { operation: 'confirmSignIn', code });
  const wrong = Array.from({ length: 10 }, (_, count) =>
    confirm(count % 2 ? one : other, 'not-a-code'),
  );
  for (const { code } of await Promise.all(wrong)) assert.equal(code, 'wrong_credentials');
  for (const url of [one, other]) {
    const reply = await confirm(url, await generate({ secret }));
    assert.equal(reply.code, 'rate_limited');
    assert.ok(Number(reply.headers.get('retry-after')) <= 3600);
  }
  const kept = await sql<{ text: string }>`
    select string_agg(limit_window::text, ' ') as text from limit_window`.execute(catalog);
  for (const secret of ['127.0.0.1', person.staff.email]) {
    assert.ok(!kept.rows[0]?.text.includes(secret), 'nobody is named in what is kept');
  }
});

test('a right guess gives back the wrong ones, on all servers', async (t) => {
  const { installation, one, other } = await twoServers(t);
  const { staff } = await signedIn({ ...installation, url: one });
  const signIn = (url: string, password: string) =>
    post(url, undefined, { operation: 'signIn', email: staff.email, password });
  for (let count = 0; count < 3; count += 1) await signIn(one, 'a wrong password');
  const { catalog } = installation.databases;
  assert.deepEqual(await told(catalog, 'password'), [3]);
  assert.equal((await signIn(other, PASSWORD)).status, 200);
  assert.deepEqual(await told(catalog, 'password'), []);
  assert.deepEqual(await told(catalog, 'guesses'), [3]);
});

test('a window that has ended counts no more', async (t) => {
  const { installation, one, start } = await twoServers(t);
  for (let count = 0; count < 11; count += 1) await send(one, unknown, regions);
  await sql`
    update limit_window set started_at = started_at - interval '61 seconds',
      ends_at = ends_at - interval '61 seconds'`.execute(installation.databases.catalog);
  assert.equal((await send(await start(), unknown, regions)).status, 401);
  assert.deepEqual(await told(installation.databases.catalog, 'failures'), [1]);
});

test('while the catalog is away each server limits alone, and what does not need it goes on', async (t) => {
  const { installation, one, other } = await twoServers(t);
  const { text: key } = await installation.key('Promoteur X');
  const wrong = (await installation.key('Promoteur Y')).text;
  // Both know by now where these keys belong; then the second one is another secret.
  for (const url of [one, other]) {
    for (const text of [key, wrong]) assert.equal((await send(url, text, regions)).status, 200);
  }
  await sql`update api_key set secret_hash = sha256('another')
    where api_key.id = ${wrong.split('_')[2]}`.execute(installation.main.db);

  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
    installation.databases.catalog,
  );
  const name = rows[0]?.name ?? '';
  const open = (allowed: boolean) =>
    sql`alter database ${sql.id(name)} allow_connections ${sql.lit(allowed)}`.execute(
      installation.main.db,
    );
  await open(false);
  try {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${name}`.execute(installation.main.db);
    for (const url of [one, other]) {
      for (let count = 0; count < 10; count += 1) {
        assert.equal((await send(url, wrong, regions)).status, 401);
      }
      assert.equal((await send(url, wrong, regions)).status, 429);
      assert.equal((await send(url, key, regions)).status, 200);
    }
  } finally {
    await open(true);
  }
});
