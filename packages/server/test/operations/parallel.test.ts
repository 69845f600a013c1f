import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Contact } from '@relais/contract';
import { sql } from 'kysely';
import { queueCrm } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';
import { contactsOf, send, spawnServer } from '../support/server.ts';

const CONTACTS = 10_000;
const PULLERS = 16;

/** Pulls until two answers in a row are empty. */
async function drain(url: string, key: string): Promise<Contact[][]> {
  const pulls: Contact[][] = [];
  for (let empty = 0; empty < 2; ) {
    const contacts = contactsOf(await send(url, key, { operation: 'pullContacts', limit: 100 }));
    if (contacts.length === 0) empty += 1;
    else {
      empty = 0;
      pulls.push(contacts);
    }
  }
  return pulls;
}

const place = (contact: Contact) => `${contact.ready_at} ${String(contact.action_id).padStart(9)}`;

test('16 pullers, 2 clients, 2 server processes: each contact is delivered once, in order', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(CONTACTS, [30, 62, 11, 84]));
  const keys = [
    // Overlapping regions and the same statut.
    (await installation.key('Promoteur X', { regions: [30, 62, 11] })).text,
    (await installation.key('Promoteur Y', { regions: [62, 11, 84] })).text,
  ];
  const env = { DATABASE_URL: installation.catalogUrl };
  const servers = await Promise.all([spawnServer(env), spawnServer(env)]);
  t.after(() => Promise.all(servers.map((server) => server.end())));

  const drained = await Promise.all(
    Array.from({ length: PULLERS }, (_, puller) =>
      drain(servers[puller % 2]?.url ?? '', keys[(puller >> 1) % 2] ?? ''),
    ),
  );

  const pulls = drained.flat();
  const ids = pulls.flat().map((contact) => contact.action_id);
  assert.equal(ids.length, CONTACTS);
  assert.equal(new Set(ids).size, CONTACTS);
  for (const contacts of pulls) {
    assert.ok(contacts.length <= 100);
    const places = contacts.map(place);
    assert.deepEqual(places, places.toSorted());
    assert.equal(new Set(contacts.map(({ pull_id }) => pull_id)).size, 1);
  }
  assert.ok(
    drained.every((mine) => mine.length > 0),
    'every puller got something',
  );

  // What the database holds is what was delivered, and nothing else.
  const audit = await sql<{ ready: number; items: number; backwards: number; gaps: number }>`
    select
      (select count(*) from action where action.id_statut = 2) as ready,
      (select count(*) from pull_item) as items,
      (select count(*) from (
        select pull.pulled_at < lag(pull.pulled_at) over (partition by pull.id_client order by pull.seq) as back
        from pull) p where p.back) as backwards,
      (select count(*) from (
        select max(pull.seq) - count(*) as gap from pull group by pull.id_client) g where g.gap <> 0) as gaps
  `.execute(installation.main.db);
  assert.deepEqual(audit.rows[0], { ready: 0, items: CONTACTS, backwards: 0, gaps: 0 });
  const foreign = await sql<{ n: number }>`
    select count(*) as n from action join client on client.id = action.id_client
    where (client.nom = 'Promoteur X' and action.id_region = 84)
       or (client.nom = 'Promoteur Y' and action.id_region = 30)`.execute(installation.main.db);
  assert.equal(foreign.rows[0]?.n, 0);
});
