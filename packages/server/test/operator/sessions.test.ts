import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { actsOn } from '../support/audit.ts';
import { serverFor } from '../support/server.ts';
import { caller, openSession, PASSWORD, post, signedIn, signIn } from '../support/staff.ts';

test('the cookie is closed to scripts and to other sites, and bound to its host behind TLS', async (t) => {
  const env: Record<string, string>[] = [{}, { RELAIS_PUBLIC_URL: 'https://crm.example.com' }];
  for (const given of env) {
    const server = await serverFor(t, given);
    const { staff } = await signedIn(server);
    const origin = given.RELAIS_PUBLIC_URL ?? server.url;
    const { headers } = await signIn(server, staff.email, PASSWORD, { origin });
    const [pair = '', ...attributes] = headers.getSetCookie()[0]?.split('; ') ?? [];
    const common = ['Path=/', 'Max-Age=604800', 'HttpOnly', 'SameSite=Strict'];
    const secure = given.RELAIS_PUBLIC_URL !== undefined;
    assert.deepEqual(attributes, secure ? [...common, 'Secure'] : common);
    assert.match(pair, secure ? /^__Host-relais_session=\w{43}$/ : /^relais_session=\w{43}$/);
    const entered = await post(server.url, pair, { operation: 'getSession' }, { origin });
    assert.equal(entered.status, 200, entered.text);
    const renamed = pair.replace('__Host-', '');
    const plain = await post(server.url, renamed, { operation: 'getSession' }, { origin });
    assert.equal(plain.status, secure ? 401 : 200);
  }
});

test('a sign-in replaces the session that the browser had, whatever it was', async (t) => {
  const server = await serverFor(t);
  const before = await signedIn(server);
  const { cookie } = await signIn(server, before.staff.email, PASSWORD, {}, before.cookie);
  assert.notEqual(cookie, before.cookie);
  await before.call('getSession', {}, { expect: 'not_signed_in' });
  const planted = `relais_session=${'x'.repeat(43)}`;
  const entered = await signIn(server, before.staff.email, PASSWORD, {}, planted);
  assert.notEqual(entered.cookie, planted);
  await caller(server.url, planted).call('getSession', {}, { expect: 'not_signed_in' });
});

test('signing out ends the session and takes the cookie back', async (t) => {
  const server = await serverFor(t);
  const { call, cookie, staff } = await signedIn(server);
  const out = await post(server.url, cookie, { operation: 'signOut' });
  assert.match(out.headers.getSetCookie()[0] ?? '', /^relais_session=; Path=\/; Max-Age=0;/);
  await call('getSession', {}, { expect: 'not_signed_in' });
  assert.deepEqual(await actsOn(server.databases.catalog, `staff:${staff.id}`), [
    `staff:${staff.id} session.end`,
  ]);
});

test('a session ends after 12 hours without use, and after its time', async (t) => {
  const server = await serverFor(t);
  const { catalog } = server.databases;
  const change = (staff: number, column: 'last_seen_at' | 'expires_at', ago: string) =>
    sql`update staff_session set ${sql.ref(column)} = clock_timestamp() - ${ago}::interval
      where id_staff = ${staff}`.execute(catalog);
  const used = await signedIn(server);
  await change(used.staff.id, 'last_seen_at', '11 hours 59 minutes');
  await used.call('getSession');
  const idle = await signedIn(server);
  await change(idle.staff.id, 'last_seen_at', '12 hours');
  await idle.call('getSession', {}, { expect: 'not_signed_in' });
  const old = await signedIn(server);
  await change(old.staff.id, 'expires_at', '0 seconds');
  await old.call('getSession', {}, { expect: 'not_signed_in' });
  assert.deepEqual((await used.call('listSessions')).items.length, 1);
});

test('the use of a session is written once a minute at the most', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server);
  const seen = async () => (await call('listSessions')).items[0]?.last_seen_at;
  const first = await seen();
  assert.equal(await seen(), first);
  await sql`update staff_session set last_seen_at = last_seen_at - interval '61 seconds'
    where id_staff = ${staff.id}`.execute(server.databases.catalog);
  const later = await seen();
  assert.ok(later && first && later >= first);
  assert.equal(await seen(), later);
});

test('everybody sees and ends their own sessions, and nobody else’s', async (t) => {
  const server = await serverFor(t);
  const { call, staff } = await signedIn(server, 'lecture');
  const elsewhere = caller(server.url, await openSession(server, staff.id));
  const { items } = await call('listSessions');
  assert.equal(items.length, 2);
  const other = items.find(({ current }) => !current)?.id ?? 0;
  const stranger = await signedIn(server);
  await stranger.call('endSession', { id: other }, { expect: 'record_not_found' });
  await elsewhere.call('getSession');
  await call('endSession', { id: other });
  await elsewhere.call('getSession', {}, { expect: 'not_signed_in' });
  await call('endSession', { id: other }, { expect: 'record_not_found' });
  assert.deepEqual(
    (await call('listSessions')).items.map(({ current }) => current),
    [true],
  );
});
