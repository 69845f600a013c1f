import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startServer } from '../../src/serve.ts';
import { publishedCrm } from '../support/crm.ts';
import { freshInstallation, loadInto } from '../support/installation.ts';
import { freshServer, send } from '../support/server.ts';
import { caller, PASSWORD, post, signedIn } from '../support/staff.ts';

const BEHIND_PROXIES = { RELAIS_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' };
const from = (address: string) => ({ 'x-forwarded-for': address });

test('an address is known whatever port, brackets or zone a proxy writes with it', async (t) => {
  const server = await freshServer(BEHIND_PROXIES);
  t.after(() => server.close());
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
  const server = await freshServer(BEHIND_PROXIES);
  t.after(() => server.close());
  const attempt = (port: number) =>
    server.send('no key', { operation: 'getRegions' }, from(`203.0.113.9:${port}`));
  for (let port = 51_001; port <= 51_010; port += 1) {
    assert.equal((await attempt(port)).status, 401);
  }
  assert.equal((await attempt(51_011)).status, 429);
});

test('the last use of keys is noted with its address, where the proxy names one', async (t) => {
  const installation = await freshInstallation(BEHIND_PROXIES);
  t.after(() => installation.close());
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
  const server = await freshServer(BEHIND_PROXIES);
  t.after(() => server.close());
  const { staff } = await signedIn(server);
  const body = { operation: 'signIn', email: staff.email, password: PASSWORD };
  const reply = await post(server.url, undefined, body, from('203.0.113.9:51000'));
  assert.equal(reply.status, 200, reply.text);
  const { items } = await caller(server.url, reply.cookie).call('listSessions');
  assert.ok(items.some(({ address }) => address === '203.0.113.9'));
});
