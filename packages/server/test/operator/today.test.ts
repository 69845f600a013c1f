import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { sql } from 'kysely';
import { endKey, rotateKey } from '../../src/changes/keyring.ts';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { markExposed } from '../../src/store/keys.ts';
import { programmeOf, QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { type SignedIn, signedIn } from '../support/staff.ts';
import { untilWritten } from '../support/waiting.ts';

let server: TestServer;
let operator: SignedIn;
let database: CrmDatabase;

before(async () => {
  server = await freshServer();
  operator = await signedIn(server, 'lecture');
});
after(() => server.close());
beforeEach(async () => {
  database = await server.create();
});

const today = () => operator.call('getToday', {}, { database: database.nom });

/** A source whose leads are about the programme of region 30; posts leads of new persons. */
async function leadsOf(nom: string, count: number, lead: object = {}) {
  const token = await makeSource(server, nom, 'json', { database, id_programme: programmeOf(30) });
  for (let number = 1; number <= count; number += 1) {
    await postJson(server.url, nom, token, { email: `${nom}${number}@example.com`, ...lead });
  }
}

/** Moves the arrival of a source's leads back in time, one `gap` after another. */
const spread = (source: string, last: string, gap: string) =>
  sql`
  update lead set received_at = now() - ${last}::interval - own.nth * ${gap}::interval
  from (
    select lead.id, row_number() over (order by lead.id desc) - 1 as nth
    from lead join source on source.id = lead.id_source where source.nom = ${source}
  ) own where own.id = lead.id`.execute(database.db);

test('an empty database has nothing to tell, and every day of the last thirty', async () => {
  const { at: _, leads, pulled, ...rest } = await today();
  assert.equal(leads.days.length, 30);
  assert.deepEqual(new Set(leads.days.map(({ day }) => day)).size, 30);
  assert.deepEqual(
    pulled.days.map(({ contacts }) => contacts),
    Array.from({ length: 30 }, () => 0),
  );
  assert.deepEqual([leads.sources, leads.programmes], [[], []]);
  assert.deepEqual(rest, {
    hold: null,
    ready: { total: 0, oldest_ready_at: null, regions: [] },
    quarantine: { total: 0, oldest_received_at: null, reasons: [] },
    silent_clients: [],
    uncertain_pulls: { total: 0, items: [] },
    keys: [],
    silent_sources: [],
    source_problems: [],
  });
});

test('what is ready is told in all and per region, with what waits longest', async () => {
  await loadInto(database, queueCrm(7));
  await server.key('Promoteur X', { database, regions: [30] });
  await sql`update action set id_statut = ${QUALIFY} where action.id = 1`.execute(database.db);
  const { ready } = await today();
  assert.equal(ready.total, 6);
  assert.equal(ready.oldest_ready_at, '2026-01-01T00:00:02.000Z');
  assert.deepEqual(ready.regions, [
    {
      region_id: 30,
      region_nom: 'Région 30',
      ready: 3,
      oldest_ready_at: '2026-01-01T00:00:03.000Z',
    },
    {
      region_id: 62,
      region_nom: 'Région 62',
      ready: 3,
      oldest_ready_at: '2026-01-01T00:00:02.000Z',
    },
  ]);
});

test('leads count on the day of Paris on which they came, by what became of them', async () => {
  await loadInto(database, queueCrm(0));
  const nom = `days-${database.nom}`;
  await leadsOf(nom, 2);
  await leadsOf(`${nom}b`, 1, { email: null });
  // One second before and after the midnight of Paris that today began with.
  await sql`
    with own as (update action set created_at = (now() at time zone 'Europe/Paris')::date::timestamp
      at time zone 'Europe/Paris' - interval '1 second')
    update lead set received_at = own.midnight + (lead.id - 2) * interval '1 second'
    from (select (now() at time zone 'Europe/Paris')::date::timestamp
      at time zone 'Europe/Paris' - interval '1 second' as midnight) own`.execute(database.db);
  const { leads } = await today();
  const [yesterday, now] = leads.days.slice(-2);
  assert.deepEqual([yesterday?.accepted, now?.quarantined], [2, 1]);
  assert.deepEqual([now?.accepted, yesterday?.quarantined], [0, 0]);
  const paris = new Intl.DateTimeFormat('fr-CA', { timeZone: 'Europe/Paris' });
  assert.equal(now?.day, paris.format(new Date()));
  assert.deepEqual(leads.sources, [
    { source: nom, leads: 2, quarantined: 0 },
    { source: `${nom}b`, leads: 1, quarantined: 1 },
  ]);
  assert.deepEqual(
    leads.programmes.map(({ programme_id, region_nom, actions }) => ({
      programme_id,
      region_nom,
      actions,
    })),
    [{ programme_id: programmeOf(30), region_nom: 'Région 30', actions: 2 }],
  );
});

test('the figures are those of the lists behind them', async () => {
  const crm = queueCrm(4);
  const midnight = await sql<{ at: Date }>`
    select (now() at time zone 'Europe/Paris')::date::timestamp at time zone 'Europe/Paris' as at`
    .execute(database.db)
    .then(({ rows }) => rows[0]?.at.getTime() ?? 0);
  const at = (seconds: number) => new Date(midnight + seconds * 1000).toISOString();
  await loadInto(database, {
    ...crm,
    // Loaded without a lead: one of yesterday, two of today, one whose person is erased.
    actions: (crm.actions ?? []).map((action, index) => ({
      ...action,
      created_at: at(index === 0 ? -1 : 0),
    })),
  });
  const nom = `figures-${database.nom}`;
  await leadsOf(nom, 2, { createdAt: at(-1) });
  await leadsOf(`${nom}u`, 3);
  await sql`
    update lead set outcome = 'undone', id_action = null, id_prospect = null from source
    where source.id = lead.id_source and source.nom = ${`${nom}u`}`.execute(database.db);
  const admin = await signedIn(server);
  const inDatabase = { database: database.nom };
  await admin.call('eraseProspect', { prospectId: 4, reason: 'asked' }, inDatabase);

  const { leads } = await today();
  const contacts = (from: number, to: number) =>
    operator.call('searchContacts', { from: at(from), to: at(to) }, inDatabase);
  const days = leads.days.slice(-2).map(({ accepted }) => accepted);
  assert.deepEqual(days, [3, 5]);
  assert.deepEqual(days, [(await contacts(-86_400, 0)).total, (await contacts(0, 90_000)).total]);
  const { items } = await operator.call('listSources', {}, inDatabase);
  assert.deepEqual(
    leads.sources.map((source) => [source.source, source.leads]),
    items.flatMap((source) => (source.leads > 0 ? [[source.nom, source.leads]] : [])),
  );
  assert.equal(
    leads.programmes.reduce((total, { actions }) => total + actions, 0),
    (await operator.call('searchContacts', {}, inDatabase)).total,
  );
});

test('pulled contacts count on their day, with what was put back', async () => {
  await loadInto(database, queueCrm(9));
  const key = await server.key('Promoteur X', { database });
  const pull = (limit: number) => server.send(key.text, { operation: 'pullContacts', limit });
  const first = await pull(4);
  await pull(2);
  await server.send(key.text, {
    operation: 'releasePull',
    pullId: first.headers.get('pull-id'),
    reason: 'twice',
  });
  const { pulled } = await today();
  assert.deepEqual(
    pulled.days.slice(-1).map(({ contacts, released }) => ({ contacts, released })),
    [{ contacts: 6, released: 4 }],
  );
});

test('the quarantine is counted by the reasons that hold a lead there', async () => {
  await loadInto(database, queueCrm(0));
  const nom = `held-${database.nom}`;
  const token = await makeSource(server, nom, 'json', { database, consent_required: true });
  await postJson(server.url, nom, token, { email: 'a@example.com' });
  await postJson(server.url, nom, token, { email: 'b@example.com', consent: true });
  await postJson(server.url, nom, token, { telephone: '12', consent: true });
  const { quarantine } = await today();
  assert.equal(quarantine.total, 3);
  assert.ok(quarantine.oldest_received_at);
  assert.deepEqual(quarantine.reasons, [
    { code: 'unknown_programme', leads: 3 },
    { code: 'no_consent', leads: 1 },
    { code: 'no_contact_details', leads: 1 },
  ]);
});

test('a client that could pull and has not for a day is silent, until it pulls', async () => {
  await loadInto(database, queueCrm(4));
  const silent = await server.key('Promoteur X', { database, regions: [30] });
  await server.key('Promoteur Y', { database });
  await server.key('Nothing ready', { database, regions: [] });
  const late = await server.key('Expired', { database, expires_at: new Date(0) });
  assert.deepEqual((await today()).silent_clients, [], 'a key of today has time');
  const { db } = database;
  await sql`update api_key set created_at = now() - interval '25 hours'
    where id in (${silent.id}, ${late.id})`.execute(db);
  const [told, ...others] = (await today()).silent_clients;
  assert.deepEqual(others, []);
  assert.deepEqual(
    [told?.client_nom, told?.ready, told?.last_pulled_at, told?.oldest_ready_at],
    ['Promoteur X', 2, null, '2026-01-01T00:00:01.000Z'],
  );
  await server.send(silent.text, { operation: 'pullContacts', limit: 1 });
  assert.deepEqual((await today()).silent_clients, []);
  await sql`
    update client set last_pulled_at = now() - interval '25 hours'
    where client.nom = 'Promoteur X'`.execute(db);
  const again = (await today()).silent_clients;
  assert.deepEqual([again.length, again[0]?.ready], [1, 1]);
  assert.ok(again[0]?.last_pulled_at);
});

test('pulls of a week whose answer may not have arrived are told, newest first', async () => {
  await loadInto(database, queueCrm(9));
  const key = await server.key('Promoteur X', { database });
  const ids: string[] = [];
  for (let count = 0; count < 4; count += 1) {
    const reply = await server.send(key.text, { operation: 'pullContacts', limit: 2 });
    ids.push(reply.headers.get('pull-id') ?? '');
  }
  const [old, written] = ids;
  const { db } = database;
  await untilWritten(db, ...ids);
  await sql`update pull set answer_written_at = null`.execute(db);
  await sql`update pull set answer_written_at = now() where id = ${written}`.execute(db);
  // The list of seven days begins with a day, and so does the number that leads to it.
  await sql`
    update pull set pulled_at = ((now() at time zone 'Europe/Paris')::date - 6)::timestamp
      at time zone 'Europe/Paris' - interval '1 second'
    where id = ${old}`.execute(db);
  const { uncertain_pulls } = await today();
  assert.equal(uncertain_pulls.total, 2);
  assert.deepEqual(
    uncertain_pulls.items.map((pull) => [pull.pull_id, pull.client_nom, pull.seq, pull.contacts]),
    [
      [ids[3], 'Promoteur X', 4, 2],
      [ids[2], 'Promoteur X', 3, 2],
    ],
  );
});

test('keys that end soon or were exposed are told; those that ended already are not', async () => {
  await loadInto(database, queueCrm(0));
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
  const soon = await server.key('Soon', { database, expires_at: inDays(13) });
  await server.key('Later', { database, expires_at: inDays(15) });
  await server.key('Ended', { database, expires_at: inDays(-1) });
  const exposed = await server.key('Exposed', { database });
  await markExposed(database.db, exposed.id);
  const { keys } = await today();
  assert.deepEqual(
    keys.map((key) => [key.key_id, key.client_nom]),
    [
      [soon.id, 'Soon'],
      [exposed.id, 'Exposed'],
    ],
  );
  assert.ok(keys[0]?.expires_at && keys[1]?.exposed_at);
});

test('a key is to be renewed no more once it has a successor that goes on', async () => {
  await loadInto(database, queueCrm(0));
  const key = await server.key('Promoteur X', { database, expires_at: new Date(Date.now() + 6e8) });
  const rotated = (id: string, expires_at?: Date | null) => {
    const rotation = { overlapHours: 24, ...(expires_at !== undefined && { expires_at }) };
    return rotateKey(server.databases, database, id, rotation, 'test');
  };
  const watched = async () => (await today()).keys.map(({ key_id }) => key_id);
  const next = await rotated(key.id);
  assert.deepEqual(await watched(), [next.id], 'the successor ends soon, too');
  const last = await rotated(next.id, null);
  assert.deepEqual(await watched(), []);
  await endKey(database, last.id, 'test');
  assert.deepEqual(await watched(), [next.id]);
});

test('a source is silent after three times its usual gap, and a day', async () => {
  await loadInto(database, queueCrm(0));
  const named = (what: string) => `${what}-${database.nom}`;
  const silences: [name: string, leads: number, last: string, gap: string][] = [
    [named('daily'), 5, '73 hours', '24 hours'],
    [named('slow'), 5, '71 hours', '24 hours'],
    [named('often'), 6, '25 hours', '1 hour'],
    [named('night'), 6, '20 hours', '1 hour'],
    [named('few'), 4, '60 days', '1 hour'],
    [named('paused'), 5, '60 days', '1 hour'],
  ];
  for (const [nom, leads, last, gap] of silences) {
    await leadsOf(nom, leads);
    await spread(nom, last, gap);
  }
  await sql`update source set paused_at = now() where nom = ${named('paused')}`.execute(
    database.db,
  );
  const { silent_sources } = await today();
  assert.deepEqual(
    silent_sources.map(({ source, usual_gap_seconds }) => [source, usual_gap_seconds]),
    [
      [named('daily'), 24 * 3600],
      [named('often'), 3600],
    ],
  );
});

test('a source that can not read its leads says why', async () => {
  await loadInto(database, queueCrm(0));
  const nom = `meta-${database.nom}`;
  const secrets = { appSecret: 'a'.repeat(32), accessToken: 'b'.repeat(32) };
  await makeSource(server, nom, 'meta', { database, meta: { secrets, forms: [] } });
  assert.deepEqual((await today()).source_problems, []);
  // Not due, or the worker of this server would read them, and say of each why it can't.
  await sql`
    insert into meta_form (id_source, form_id, due_at, problem)
    select source.id, form.id, 'infinity', 'the token has expired'
    from source, unnest(array['12', '13']) form (id)`.execute(database.db);
  assert.deepEqual((await today()).source_problems, [
    { source: nom, problem: 'the token has expired' },
  ]);
});
