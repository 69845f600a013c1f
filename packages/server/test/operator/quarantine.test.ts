import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { PULLED, publishedCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postForm, postJson } from '../support/intake.ts';
import { contactsOf, idsOf, serverFor, type TestServer } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';
import { whileHeld } from '../support/waiting.ts';

const missing = { expect: 'record_not_found' } as const;

/** A server with a source whose leads ask for consent, and what sends leads to it. */
async function withSource(t: TestContext) {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const tokens = {
    'site-web': await makeSource(server, 'site-web', 'json', { consent_required: true }),
    meta: await makeSource(server, 'meta', 'json'),
  };
  const sent = async (lead: object, source: keyof typeof tokens = 'site-web') => {
    await postJson(server.url, source, tokens[source], lead);
    const { id } = await server.main.db
      .selectFrom('lead')
      .select(({ fn }) => fn.max('lead.id').as('id'))
      .executeTakeFirstOrThrow();
    return id;
  };
  return { server, sent };
}

/** Does a piece of work while somebody else holds leads. */
const whileLocked = <Result>(
  { main }: TestServer,
  ids: readonly (number | undefined)[],
  work: () => Promise<Result>,
): Promise<Result> =>
  whileHeld(main.db, sql`select from lead where id = any(${ids}::bigint[]) for update`, work);

/** What became of a lead of many: the outcome, or why nothing was done. */
const briefly = (item: { outcome: string; problem?: string }): string =>
  item.problem ?? item.outcome;

const martin = { nom: 'Martin', telephone: '06 12 00 00 01', programme: '145', consent: true };

const readsOf = async (server: TestServer) => {
  const entries = await server.main.db
    .selectFrom('audit')
    .select(['audit.actor', 'audit.target', 'audit.detail'])
    .where('audit.act', '=', 'person.read')
    .orderBy('audit.id')
    .execute();
  return entries;
};

test('the quarantine lists what waits, oldest first, with reasons; who read it is in the audit', async (t) => {
  const { server, sent } = await withSource(t);
  const hostile = `<img src=x onerror=alert(1)> "'; drop table lead; --`;
  const first = await sent({ ...martin, programme: "Les Jardins de l'Aubbe", nom: hostile });
  const second = await sent({ ...martin, consent: false });
  const third = await sent({ nom: 'Seul' }, 'meta');
  await sent(martin);
  const { call, staff } = await signedIn(server, 'lecture');
  const { items, total } = await call('listQuarantine');
  assert.deepEqual(
    items.map(({ id, source, reasons }) => [id, source, reasons.map(({ code }) => code)]),
    [
      [first, 'site-web', ['unknown_programme']],
      [second, 'site-web', ['no_consent']],
      [third, 'meta', ['unknown_programme', 'no_contact_details']],
    ],
  );
  assert.equal(total, 3);
  assert.equal(items[0]?.draft?.nom, hostile);
  assert.match(items[0]?.reasons[0]?.suggestion ?? '', /Les Jardins de l'Aube/);
  assert.deepEqual(await readsOf(server), [
    {
      actor: `staff:${staff.id}`,
      target: 'operation:listQuarantine',
      detail: { leads: [first, second, third] },
    },
  ]);

  const idsWhere = async (filter: object) =>
    (await call('listQuarantine', filter)).items.map(({ id }) => id);
  assert.deepEqual(await idsWhere({ sources: ['site-web'] }), [first, second]);
  assert.deepEqual(await idsWhere({ reasons: ['no_consent', 'no_contact_details'] }), [
    second,
    third,
  ]);
  assert.deepEqual(await idsWhere({ sources: ['meta'], reasons: ['no_consent'] }), []);
  const page = await call('listQuarantine', { limit: 2 });
  assert.deepEqual(await idsWhere({ limit: 2, cursor: page.next ?? '' }), [third]);
  assert.equal(page.total, 3);
});

test('a lead is let in with what an operator puts right, and its history says who did', async (t) => {
  const { server, sent } = await withSource(t);
  const key = await server.key('Promoteur X', { id_statut_ready: READY, id_statut_pulled: PULLED });
  const id = await sent({ nom: 'Seul', programme: 'Ailleurs' });
  const { call, staff } = await signedIn(server, 'operateur');
  const stays = await call('releaseLead', { id, programmeId: 145, telephone: '06 12 00 00 09' });
  assert.deepEqual(
    [stays.outcome, stays.reasons.map(({ code }) => code)],
    ['quarantined', ['no_consent']],
  );
  const released = await call('releaseLead', { id, consent: true, prenom: 'Élise' });
  assert.equal(released.outcome, 'accepted');
  const ready = await server.send(key.text, { operation: 'readContacts' });
  assert.ok(idsOf(ready).includes(released.action_id ?? 0));

  const lead = await call('getLead', { id });
  assert.deepEqual(
    [lead.outcome, lead.action_id, lead.prospect_id],
    ['accepted', released.action_id, released.prospect_id],
  );
  assert.deepEqual([lead.draft?.telephone, lead.draft?.prenom], ['06 12 00 00 09', 'Élise']);
  assert.deepEqual(
    lead.history.map(({ actor_nom, act, detail }) => [actor_nom, act, detail.outcome]),
    [
      [staff.nom, 'lead.release', 'quarantined'],
      [staff.nom, 'lead.release', 'accepted'],
    ],
  );
  assert.deepEqual(
    (await readsOf(server)).map(({ target }) => target),
    ['operation:releaseLead', 'operation:getLead'],
  );
});

test('a lead that waited was made when it came, not when it was released, and joins what came with it', async (t) => {
  const { server, sent } = await withSource(t);
  const key = await server.key('Promoteur X');
  await server.send(key.text, { operation: 'pullContacts' });
  const waited = await sent({ ...martin, programme: 'Ailleurs' });
  await sent(martin);
  const other = await sent({ ...martin, telephone: '06 12 00 00 09', programme: 'Ailleurs' });
  const came = '2026-01-05T18:30:00.000Z';
  await sql`update lead set received_at = ${came}`.execute(server.main.db);
  await sql`update action set created_at = ${came} where pulled_at is null`.execute(server.main.db);
  const { call } = await signedIn(server, 'operateur');
  const { items } = await call('releaseLeads', { ids: [waited, other], programmeId: 145 });
  assert.deepEqual(
    items.map(({ outcome }) => outcome),
    ['merged', 'accepted'],
  );
  const contacts = contactsOf(await server.send(key.text, { operation: 'pullContacts' }));
  assert.deepEqual(
    contacts.map(({ action_date }) => action_date),
    [came, came],
  );
});

test('an operator vouches for what a machine suspects: a trap that was filled in, a paused source', async (t) => {
  const { server } = await withSource(t);
  const token = await makeSource(server, 'landing', 'form');
  const { call } = await signedIn(server, 'operateur');
  const trapped = { token, site_web: 'https://example.com', programme: 'Ailleurs' };
  await postForm(server.url, 'landing', { ...trapped, telephone: '06 12 00 00 09' });
  await call('pauseSource', { nom: 'landing', paused: true });
  await postForm(server.url, 'landing', { token, programme: '145', email: 'lea@example.com' });
  const [first, second] = (await call('listQuarantine', { sources: ['landing'] })).items;
  const codes = (lead: typeof first) => lead?.reasons.map(({ code }) => code);
  assert.deepEqual(
    [codes(first), codes(second)],
    [['honeypot', 'unknown_programme'], ['source_paused']],
  );

  const id = first?.id ?? 0;
  const stays = await call('releaseLead', { id });
  assert.deepEqual(
    [stays.outcome, stays.reasons.map(({ code }) => code)],
    ['quarantined', ['unknown_programme']],
  );
  assert.equal((await call('releaseLead', { id, programmeId: 145 })).outcome, 'accepted');
  assert.equal((await call('releaseLead', { id: second?.id ?? 0 })).outcome, 'accepted');
});

test('whoever comes second is told who was faster', async (t) => {
  const { server, sent } = await withSource(t);
  const id = await sent({ ...martin, consent: false });
  const claire = await signedIn(server, 'operateur');
  const marc = await signedIn(server, 'operateur');
  const release = { id, consent: true };
  const both = await Promise.allSettled([
    claire.call('releaseLead', release),
    claire.call('releaseLead', release),
  ]);
  assert.equal(both.filter(({ status }) => status === 'fulfilled').length, 1);
  const said = await marc.call('releaseLead', release, { expect: 'changed_meanwhile' });
  assert.ok(said.includes(`accepted by ${claire.staff.nom}`), said);
  const actions = await server.main.db
    .selectFrom('action')
    .innerJoin('prospect', 'prospect.id', 'action.id_prospect')
    .select('action.id')
    .where('prospect.nom', '=', 'Martin')
    .execute();
  assert.equal(actions.length, 1, 'the lead is one action');
  const { items } = await marc.call('discardLead', { ids: [id, 999], reason: 'robot' });
  assert.deepEqual(items, [
    { id, outcome: 'not_waiting' },
    { id: 999, outcome: 'not_waiting' },
  ]);
});

test('a lead that is sent again keeps what an operator corrected, but for what its sender mended', async (t) => {
  const { server, sent } = await withSource(t);
  const { call, staff } = await signedIn(server, 'operateur');
  const lead = { ...martin, externalId: 'again', telephone: '06120000', programme: 'Ailleurs' };
  const id = await sent(lead);
  await call('releaseLead', { id, nom: 'Martine' });
  await call('releaseLead', { id, telephone: '06 12 00 00 09' });
  const kept = async () => {
    const { draft, settled_by } = await server.main.db
      .selectFrom('lead')
      .select(['lead.draft', 'lead.settled_by'])
      .where('lead.id', '=', id)
      .executeTakeFirstOrThrow();
    const { nom, telephone } = draft as { nom?: string; telephone?: string };
    return [nom, telephone, settled_by];
  };
  const corrected = ['Martine', '06 12 00 00 09', `staff:${staff.id}`];
  for (const _ of [1, 2]) {
    await sent(Object.fromEntries(Object.entries(lead).reverse()));
    assert.deepEqual(await kept(), corrected);
  }
  await sent({ ...lead, telephone: '06 12 00 00 08' });
  assert.deepEqual(await kept(), ['Martine', '06 12 00 00 08', null]);
  await call('releaseLead', { id, telephone: '06 12 00 00 09' });
  await call('saveProgramme', { regionId: 62, nom: 'Ailleurs' });
  await sent({ ...lead, telephone: '06 12 00 00 08' });
  const { outcome, prospect_id } = await call('getLead', { id });
  assert.equal(outcome, 'accepted', 'it is judged again');
  const { prospect } = await call('getProspect', { prospectId: prospect_id ?? 0 });
  assert.equal(prospect.prospect_telephone, '+33612000009');
});

test('leads are discarded with a reason, and stay in the ledger', async (t) => {
  const { server, sent } = await withSource(t);
  const id = await sent({ nom: 'Robot' });
  const { call, staff } = await signedIn(server, 'operateur');
  await call('discardLead', { ids: [id], reason: ' ' }, { expect: 'invalid_parameter' });
  const done = await call('discardLead', { ids: [id, id], reason: 'un robot' });
  assert.deepEqual(done.items, [{ id, outcome: 'discarded' }]);
  const lead = await call('getLead', { id });
  assert.equal(lead.outcome, 'discarded');
  assert.deepEqual(
    lead.history.map(({ actor, act, detail }) => [actor, act, detail]),
    [[`staff:${staff.id}`, 'lead.discard', { reason: 'un robot' }]],
  );
  assert.equal((await call('listQuarantine')).total, 0);
});

test('many leads are released one by one, with a result for each', async (t) => {
  const { server, sent } = await withSource(t);
  const good = await sent({ ...martin, programme: 'Ailleurs' });
  const bad = await sent({ nom: 'Seul', programme: 'Ailleurs', consent: true });
  const gone = await sent(martin);
  const { call } = await signedIn(server, 'operateur');
  const { items } = await call('releaseLeads', { ids: [bad, good, gone], programmeId: 145 });
  assert.deepEqual(
    items.map(({ id, outcome }) => [id, outcome]),
    [
      [bad, 'quarantined'],
      [good, 'merged'],
      [gone, 'not_waiting'],
    ],
  );
  await call('releaseLeads', { ids: [bad], programmeId: 999 }, missing);
  const many = Array.from({ length: 201 }, (_, index) => index + 1);
  await call('releaseLeads', { ids: many }, { expect: 'invalid_parameter' });
});

test('a programme that an operator names is that one, whatever the source maps its number to', async (t) => {
  const { server, sent } = await withSource(t);
  const { call } = await signedIn(server);
  const { id: other } = await call('saveProgramme', { regionId: 62, nom: 'Autre' });
  const id = await sent({ ...martin, programme: 'Ailleurs' });
  await call('mapProgrammes', { nom: 'site-web', add: [{ text: '145', programmeId: other }] });
  const said = await call('releaseLead', { id, programmeId: 145 }, { expect: 'record_in_use' });
  assert.match(said, /site-web/);
  assert.equal((await call('getLead', { id })).outcome, 'quarantined');
  assert.equal((await call('getLead', { id })).draft?.programme, 'Ailleurs');
});

test('of many leads, one whose source maps the number to another programme is refused alone', async (t) => {
  const { server, sent } = await withSource(t);
  const { call } = await signedIn(server);
  const { id: other } = await call('saveProgramme', { regionId: 62, nom: 'Autre' });
  await call('mapProgrammes', { nom: 'meta', add: [{ text: '145', programmeId: other }] });
  const first = await sent({ ...martin, programme: 'Ailleurs' });
  const mapped = await sent({ ...martin, programme: 'Ailleurs' }, 'meta');
  const last = await sent({ ...martin, programme: 'Ailleurs' });
  const { items } = await call('releaseLeads', { ids: [first, mapped, last], programmeId: 145 });
  assert.deepEqual(
    items.map(({ id, outcome }) => [id, outcome]),
    [
      [first, 'accepted'],
      [mapped, 'refused'],
      [last, 'merged'],
    ],
  );
  assert.match(items[1] && 'problem' in items[1] ? items[1].problem : '', /"meta".*"145"/);
  assert.equal((await call('getLead', { id: mapped })).outcome, 'quarantined');
});

test('of many leads, those that are locked are told among the others, to be released again', async (t) => {
  const { server, sent } = await withSource(t);
  const { call } = await signedIn(server, 'operateur');
  const ids = [];
  for (let lead = 0; lead < 3; lead += 1)
    ids.push(await sent({ ...martin, programme: 'Ailleurs' }));
  const released = { ids, programmeId: 145 };
  const { items } = await whileLocked(server, [ids[1]], () => call('releaseLeads', released));
  assert.deepEqual(items.map(briefly), ['accepted', 'The database is busy.', 'merged']);
  const again = await call('releaseLeads', released);
  assert.deepEqual(again.items.map(briefly), ['not_waiting', 'merged', 'not_waiting']);
});

test('of many leads that are discarded, those that are locked are told, and after three of them no more is tried', async (t) => {
  const { server, sent } = await withSource(t);
  const { call } = await signedIn(server, 'operateur');
  const ids = [];
  for (let lead = 0; lead < 5; lead += 1) ids.push(await sent({ nom: 'Robot' }));
  const asked = { ids, reason: 'robots' };
  const { items } = await whileLocked(server, ids.slice(1, 4), () => call('discardLead', asked));
  const busy = Array(4).fill('The database is busy.');
  assert.deepEqual(items.map(briefly), ['discarded', ...busy]);
  const again = await call('discardLead', asked);
  assert.deepEqual(again.items.map(briefly), ['not_waiting', ...Array(4).fill('discarded')]);
});

test('the quarantine is read by everyone and settled by admin and operateur alone', async (t) => {
  const { server, sent } = await withSource(t);
  const id = await sent({ nom: 'Seul' });
  const { call } = await signedIn(server, 'dpo');
  await call('getLead', { id });
  await call('getLead', { id: id + 1 }, missing);
  const refused = { expect: 'role_not_allowed' } as const;
  await call('releaseLead', { id }, refused);
  await call('releaseLeads', { ids: [id] }, refused);
  await call('discardLead', { ids: [id], reason: 'x' }, refused);
  const operator = await signedIn(server, 'operateur');
  await operator.call('releaseLead', { id: id + 1 }, missing);
  await operator.call('releaseLead', { id, programmeId: 999 }, missing);
});
