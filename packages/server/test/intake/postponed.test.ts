import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { discard } from '../../src/intake/quarantine.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource } from '../support/intake.ts';
import { assertRefused, knock } from '../support/knock.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { whileHeld } from '../support/waiting.ts';

let server: TestServer;
let key: string;
let json: string;
let form: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  json = await makeSource(server, 'partner', 'json', { id_programme: 145 });
  form = await makeSource(server, 'site', 'form', { id_programme: 145 });
});
after(() => server.close());

const send = (email: string, externalId?: string) =>
  knock(server.url, 'partner', {
    headers: { 'x-source-token': json },
    body: JSON.stringify({ email, externalId }),
  });

const visit = (email: string) =>
  knock(server.url, 'site', {
    headers: { accept: 'text/html' },
    body: new URLSearchParams({ token: form, email }),
  });

/** What the ledger says of the lead of an e-mail address; rows of that address. */
const ledger = async (email: string) => {
  const { rows } = await sql<{ id: number; outcome: string; codes: string[] }>`
    select lead.id, lead.outcome,
      array(select jsonb_path_query(lead.reasons, '$[*].code') #>> '{}') as codes
    from lead where lead.draft ->> 'email' = ${email}`.execute(server.main.db);
  return rows;
};

const outcomeOf = async (email: string) => (await ledger(email)).map(({ outcome }) => outcome);

/** Runs some work while the programme of the leads is locked for longer than they may wait. */
const whileLocked = <Result>(work: () => Promise<Result>): Promise<Result> =>
  whileHeld(server.main.db, sql`select from programme where id = 145 for update`, work);

const until = async (holds: () => Promise<boolean>): Promise<void> => {
  const end = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < end, 'it has not come in');
    await delay(100);
  }
};

test('a lead whose programme is locked for long is stored, and let in by itself afterwards', async () => {
  const { page, told } = await whileLocked(async () => {
    const [page, told] = await Promise.all([
      visit('visitor@example.com'),
      send('told@example.com', 'lead-1'),
      send('discarded@example.com'),
    ]);
    assert.deepEqual(
      (await ledger('visitor@example.com')).map(({ outcome, codes }) => [outcome, codes]),
      [['quarantined', ['postponed']]],
    );
    const [unwanted] = await ledger('discarded@example.com');
    assert.ok(unwanted);
    assert.equal(await discard(server.main, unwanted.id, 'a trial', 'staff:1'), true);
    // Sent again while it waits: what is stored stays, and its sender is told to ask again.
    assertRefused(await send('told@example.com', 'lead-1'), 503, 'unavailable');
    return { page, told };
  });
  assert.equal(page.status, 200);
  assert.match(page.text, /Merci/);
  assert.equal(told.status, 200);
  const { outcome, action_id, reasons } = JSON.parse(told.text);
  assert.deepEqual(
    [outcome, action_id, reasons.map(({ code }: { code: string }) => code)],
    ['quarantined', null, ['postponed']],
  );

  await until(async () => (await outcomeOf('visitor@example.com'))[0] === 'accepted');
  await until(async () => (await outcomeOf('told@example.com'))[0] === 'accepted');
  assert.deepEqual(await ledger('visitor@example.com').then(([one]) => one?.codes), []);
  // Told what has become of it, as of any lead that comes again.
  const again = await send('told@example.com', 'lead-1');
  assert.equal(JSON.parse(again.text).outcome, 'accepted');
  assert.equal(again.headers.get('lead-id'), told.headers.get('lead-id'));

  const left = () => sql`select from postponed_lead`.execute(server.main.db);
  await until(async () => (await left()).rows.length === 0);
  assert.deepEqual(await outcomeOf('discarded@example.com'), ['discarded']);
  const pulled = await server.send(key, { operation: 'pullContacts' });
  for (const email of ['visitor@example.com', 'told@example.com']) {
    assert.equal(pulled.text.split(`"${email}"`).length - 1, 1, email);
  }
  assert.ok(!pulled.text.includes('discarded@example.com'));
});

test('a lead that was postponed by a clock that was a month ahead is let in when the clock is right', async () => {
  await whileLocked(async () => {
    await send('ahead@example.com');
    assert.deepEqual(await outcomeOf('ahead@example.com'), ['quarantined']);
    await sql`update postponed_lead set due_at = due_at + interval '31 days'`.execute(
      server.main.db,
    );
  });
  await until(async () => (await outcomeOf('ahead@example.com'))[0] === 'accepted');
});
