import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startServer } from '../../src/serve.ts';
import { publishedCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { send, serverFor } from '../support/server.ts';
import { caller, PASSWORD, post, signedIn } from '../support/staff.ts';

const BEHIND_PROXIES = { RELAIS_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' };
const from = (address: string) => ({ 'x-forwarded-for': address });

test('an address is known whatever port, brackets or zone a proxy writes with it', async (t) => {
  const server = await serverFor(t, BEHIND_PROXIES);
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('X', { ip_ranges: ['203.0.113.0/24', '2001:db8::/32'] });
  const answers = {
    '203.0.113.9:51000': 200,
    '[2001:db8::1]:443': 200,
    '[2001:db8::1]': 200,
    '2001:db8::1%eth0': 200,
    '203.0.113.9:51000, 10.0.0.5:443': 200,
    '198.51.100.1:51000': 403,
    unknown: 403,
    '203.0.113.9:x': 403,
  };
  for (const [address, status] of Object.entries(answers)) {
    const reply = await server.send(key, { operation: 'getRegions' }, from(address));
    assert.equal(reply.status, status, `${address}: ${reply.text}`);
  }
});

test('who comes from another port at each attempt is slowed all the same', async (t) => {
  const server = await serverFor(t, BEHIND_PROXIES);
  const attempt = (port: number) =>
    server.send('no key', { operation: 'getRegions' }, from(`203.0.113.9:${port}`));
  for (let port = 51_001; port <= 51_010; port += 1) {
    assert.equal((await attempt(port)).status, 401);
  }
  assert.equal((await attempt(51_011)).status, 429);
});

test('who tries keys from each address of an IPv6 network is slowed, and the next network is not', async (t) => {
  const server = await serverFor(t, BEHIND_PROXIES);
  const attempt = (address: string) =>
    server.send('no key', { operation: 'getRegions' }, from(address));
  for (let count = 1; count <= 10; count += 1) {
    assert.equal((await attempt(`2001:db8:1:2::${count}`)).status, 401);
  }
  const slowed = await attempt('[2001:db8:1:2:3:4:5:6]:443');
  assert.equal(slowed.status, 429);
  assert.match(slowed.headers.get('ratelimit') ?? '', /^"failures";r=0;/);
  // It is told before a key was looked at, too.
  const told = await server.send('no key', '{', from('2001:db8:1:2::99'));
  assert.match(told.headers.get('ratelimit') ?? '', /^"failures";r=0;/);
  assert.equal((await attempt('2001:db8:1:3::1')).status, 401);
});

test('who shows two keys at once has failed at none', async (t) => {
  const server = await serverFor(t);
  for (let count = 1; count <= 11; count += 1) {
    const both = { operation: 'getRegions', apiKey: 'another' };
    assert.equal((await server.send('no key', both)).status, 400);
  }
});

test('a proxy is believed at an IPv6 address or in a network of them, and no other is', async (t) => {
  const trusted = '127.0.0.1, 2001:db8:1::/48, 2001:db8:2::1';
  const server = await serverFor(t, { RELAIS_TRUSTED_PROXIES: trusted });
  await loadInto(server.main, publishedCrm());
  const { text: key } = await server.key('X', { ip_ranges: ['203.0.113.9'] });
  const answers = {
    '2001:db8:1:ffff::7': 200,
    '2001:db8:2::1': 200,
    '::ffff:127.0.0.1': 200,
    '2001:db8:2::2': 403,
    '2001:db9:1::1': 403,
  };
  for (const [proxy, status] of Object.entries(answers)) {
    const by = from(`203.0.113.9, ${proxy}`);
    const reply = await server.send(key, { operation: 'getRegions' }, by);
    assert.equal(reply.status, status, `${proxy}: ${reply.text}`);
  }
});

test('the last use of keys is noted with its address, where the proxy names one', async (t) => {
  const installation = await installationFor(t, BEHIND_PROXIES);
  await loadInto(installation.main, publishedCrm());
  const addresses = ['203.0.113.9:51000', 'unknown', '203.0.113.10'];
  const server = await startServer(installation.config);
  for (const address of addresses) {
    const { text } = await installation.key(`Promoteur ${address}`);
    assert.equal(
      (await send(server.url, text, { operation: 'getRegions' }, from(address))).status,
      200,
    );
  }
  await server.close();
  const { rows } = await sql<{ address: string | null }>`
    select host(use.last_address) as address from key_use use
    order by use.last_used_at`.execute(installation.main.db);
  assert.deepEqual(
    rows.map(({ address }) => address),
    ['203.0.113.9', null, '203.0.113.10'],
  );
});

test('a session is shown with the address behind the port', async (t) => {
  const server = await serverFor(t, BEHIND_PROXIES);
  const { staff } = await signedIn(server);
  const body = { operation: 'signIn', email: staff.email, password: PASSWORD };
  const reply = await post(server.url, undefined, body, from('203.0.113.9:51000'));
  assert.equal(reply.status, 200, reply.text);
  const { items } = await caller(server.url, reply.cookie).call('listSessions');
  assert.ok(items.some(({ address }) => address === '203.0.113.9'));
});
