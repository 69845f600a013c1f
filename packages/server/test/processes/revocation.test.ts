import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { idsOf, send, spawnServer } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

test('a revocation that one process has answered holds in every other, also for pulls under way', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(3_000));
  const env = { DATABASE_URL: installation.catalogUrl };
  const servers = await Promise.all([spawnServer(env), spawnServer(env)]);
  t.after(() => Promise.all(servers.map((server) => server.end())));
  const [here, there] = servers.map(({ url }) => url);
  const operator = await signedIn({ ...installation, url: here ?? '' });
  const { text: key, id } = await installation.key('Promoteur X');
  const pull = () => send(there ?? '', key, { operation: 'pullContacts', limit: 1 });
  const delivered: number[] = [];
  // All refusals together are fewer than an address may have in a minute.
  const pullers = Array.from({ length: 2 }, async () => {
    for (;;) {
      const reply = await pull();
      if (reply.status !== 200) return reply;
      delivered.push(...idsOf(reply));
    }
  });
  const committed = async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from pull_item join pull on pull.id = pull_item.id_pull
      where pull.id_key = ${id}`.execute(installation.main.db);
    return rows[0]?.n ?? 0;
  };
  while (delivered.length < 20) await delay(5);

  await operator.call('revokeKey', { id });
  const [next, count] = await Promise.all([pull(), committed()]);
  assert.equal(next.headers.get('error-code'), 'api_key_revoked', next.text);
  for (const last of await Promise.all(pullers)) {
    assert.equal(last.headers.get('error-code'), 'api_key_revoked', last.text);
  }
  assert.equal(await committed(), count, 'nothing was committed afterwards');
  assert.equal(delivered.length, count);
  for (const url of [here, there]) {
    for (const operation of ['readContacts', 'getRegions', 'getPulledContacts']) {
      assert.equal((await send(url ?? '', key, { operation })).status, 401, operation);
    }
  }
});
