import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSecret } from '../../src/installation/secret.ts';
import { metaSecrets } from '../../src/intake/meta/secrets.ts';
import { insertNotices } from '../../src/store/metaNotices.ts';
import { findSource } from '../../src/store/sources.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, postJson } from '../support/intake.ts';
import { leadOf, openMetaBench } from '../support/meta.ts';
import { serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';

const missing = { expect: 'record_not_found' } as const;
const wrong = { expect: 'invalid_parameter' } as const;
const lead = { nom: 'Martin', telephone: '06 12 00 00 01', programme: '145' };

test('a source that the console creates takes leads at once', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const { token, address } = await call('createSource', {
    nom: 'site-web',
    channel: 'json',
    statutId: READY,
    reviewStatutId: QUALIFY,
    programmes: [{ text: 'T3 « Aube »', programmeId: 145 }],
    origins: ['https://www.example.com/contact', 'https://www.example.com'],
  });
  assert.equal(address, `${server.url}/intake/v1/site-web`);
  const reply = await postJson(server.url, 'site-web', token ?? '', {
    ...lead,
    programme: 't3 aube',
  });
  assert.equal(JSON.parse(reply.text).outcome, 'accepted');

  const source = await call('getSource', { nom: 'site-web' });
  assert.deepEqual(source, {
    nom: 'site-web',
    channel: 'json',
    environment: 'live',
    state: 'open',
    address,
    created_at: source.created_at,
    previous_token_until: null,
    programme_id: null,
    origine_id: null,
    type_contact_id: null,
    type_action_id: null,
    statut_id: READY,
    review_statut_id: QUALIFY,
    consent_required: false,
    origins: ['https://www.example.com'],
    redirect_url: null,
    honeypot: 'site_web',
    rate_limit: 120,
    programmes: [{ text: 't3aube', programme_id: 145, programme_nom: "Les Jardins de l'Aube" }],
    meta: null,
  });
  const [listed] = (await call('listSources')).items;
  assert.deepEqual([listed?.leads, listed?.quarantined, listed?.mapped], [1, 0, 1]);
});

test('the name of a source is given once on the server, in whichever CRM database', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const other = await server.create('other');
  await loadInto(other, publishedCrm());
  const { call } = await signedIn(server);
  const order = { nom: 'salons', channel: 'file', statutId: QUALIFY } as const;
  const main = { database: 'main' };
  // One that is refused takes no name.
  await call('createSource', { ...order, programmeId: 999 }, { database: 'other', ...missing });
  const made = await call('createSource', order, main);
  assert.deepEqual(made, { nom: 'salons', token: null, address: null });
  await call('createSource', order, { ...main, expect: 'name_taken' });
  await call('createSource', order, { database: 'other', expect: 'name_taken' });
  await call('getSource', { nom: 'salons' }, { database: 'other', ...missing });
  assert.deepEqual((await call('listSources', {}, { database: 'other' })).items, []);
  const rotate = { nom: 'salons', overlapHours: 0 };
  assert.match(
    await call('rotateSourceToken', rotate, { ...main, expect: 'invalid_parameter' }),
    /files/,
  );
});

test('a source is refused for what does not exist or makes no sense', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const order = { nom: 'site', channel: 'form', statutId: READY } as const;
  assert.match(await call('createSource', { ...order, statutId: 99 }, missing), /statut/);
  assert.match(await call('createSource', { ...order, origineId: 99 }, missing), /origine/);
  const mapped = [{ text: 'a', programmeId: 999 }];
  assert.match(await call('createSource', { ...order, programmes: mapped }, missing), /programme/);
  const faults: [string, object][] = [
    ['nom', { nom: 'Site Web' }],
    ['meta', { channel: 'meta' }],
    ['meta', { meta: { appSecret: 'a', accessToken: 'b' } }],
    ['origins', { origins: ['www.example.com'] }],
    ['redirectUrl', { redirectUrl: 'javascript:alert(1)' }],
    ['rateLimit', { rateLimit: 0 }],
    ['programmes', { programmes: [{ text: '—', programmeId: 145 }] }],
    [
      'programmes',
      {
        programmes: [
          { text: 'Aube', programmeId: 145 },
          { text: 'AUBE!', programmeId: 145 },
        ],
      },
    ],
  ];
  for (const [field, fault] of faults) {
    const said = await call('createSource', { ...order, ...fault }, wrong);
    assert.match(said, new RegExp(`"${field}"`));
  }
  // What failed half-way can be made again.
  await call('createSource', order);
});

test('changed rules hold for the next lead, and the audit keeps what was', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const token = await makeSource(server, 'site-web', 'json');
  const changed = await call('updateSource', {
    nom: 'site-web',
    consentRequired: true,
    origineId: 1,
    redirectUrl: 'https://www.example.com/merci',
  });
  assert.deepEqual([changed.consent_required, changed.origine_id], [true, 1]);
  assert.equal(changed.honeypot, 'site_web', 'what is left out stays');
  const reply = await postJson(server.url, 'site-web', token, lead);
  assert.equal(JSON.parse(reply.text).reasons[0].code, 'no_consent');
  const entry = await server.main.db
    .selectFrom('audit')
    .select('audit.detail')
    .where('audit.act', '=', 'source.update')
    .executeTakeFirstOrThrow();
  const { before, after } = entry.detail as Record<string, Record<string, unknown>>;
  assert.deepEqual([before?.consent_required, after?.consent_required], [false, true]);
  await call('updateSource', { nom: 'site-web', statutId: 99 }, missing);
  await call('updateSource', { nom: 'nowhere', rateLimit: 1 }, missing);
  await call('updateSource', { nom: 'site-web', metaForms: ['1'] }, wrong);
});

test('texts are mapped to programmes and unmapped, however they are written', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  await makeSource(server, 'meta', 'json', { programmes: { old: 145 } });
  const programme = { programme_id: 145, programme_nom: "Les Jardins de l'Aube" };
  const mapped = await call('mapProgrammes', {
    nom: 'meta',
    add: [{ text: "  L'Aubé (T3)", programmeId: 145 }],
    remove: ['OLD'],
  });
  assert.deepEqual(mapped, { programmes: [{ text: 'laubet3', ...programme }] });
  const add = [{ text: 'x', programmeId: 999 }];
  await call('mapProgrammes', { nom: 'meta', add, remove: ['laubet3'] }, missing);
  await call('mapProgrammes', { nom: 'meta', remove: ['…'] }, wrong);
  assert.deepEqual((await call('getSource', { nom: 'meta' })).programmes, mapped.programmes);
});

test('a rotated token works beside the old one for the overlap, and the source says so', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const old = await makeSource(server, 'site-web', 'json');
  const { token } = await call('rotateSourceToken', { nom: 'site-web', overlapHours: 24 });
  for (const good of [old, token]) {
    assert.equal((await postJson(server.url, 'site-web', good, lead)).status, 200);
  }
  assert.ok((await call('getSource', { nom: 'site-web' })).previous_token_until);
  await call('rotateSourceToken', { nom: 'site-web', overlapHours: 0 });
  assert.equal((await postJson(server.url, 'site-web', token, lead)).status, 401);
  assert.equal((await call('getSource', { nom: 'site-web' })).previous_token_until, null);
});

test('the leads of a paused source wait, and its last leads say what became of them', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const token = await makeSource(server, 'site-web', 'json');
  await postJson(server.url, 'site-web', token, lead);
  await call('pauseSource', { nom: 'site-web', paused: true });
  await postJson(server.url, 'site-web', token, { ...lead, telephone: '06 12 00 00 02' });
  await call('pauseSource', { nom: 'site-web', paused: false });
  await postJson(server.url, 'site-web', token, { ...lead, programme: 'Les Jardins de l’Aub' });

  const { items } = await call('listRecentLeads', { source: 'site-web' });
  assert.deepEqual(
    items.map(({ outcome, reasons }) => [outcome, reasons.map(({ code }) => code)]),
    [
      ['quarantined', ['unknown_programme']],
      ['quarantined', ['source_paused']],
      ['accepted', []],
    ],
  );
  for (const typed of ['Martin', '0612', 'Aub']) {
    assert.ok(!JSON.stringify(items).includes(typed), 'no word of what the lead says');
  }
  await call('listRecentLeads', { source: 'nowhere' }, missing);
});

test('a Meta source shows how its forms are read; new secrets are sealed and tried at once', async (t) => {
  const { server, graph, worker, pulled, close } = await openMetaBench();
  t.after(close);
  const { call } = await signedIn(server, 'operateur');
  const { db } = server.main;
  const { appSecret } = graph;
  await call('createSource', {
    nom: 'meta',
    channel: 'meta',
    statutId: READY,
    programmeId: 145,
    meta: { appSecret, accessToken: 'token-1', forms: ['11', '12'] },
  });
  const stored = await findSource(db, 'meta');
  assert.ok(stored);
  graph.keep(leadOf('99', '1'));
  await insertNotices(db, stored.id, [{ leadgenId: '1', hints: [] }]);
  await worker.runOnce();
  const before = await call('getSource', { nom: 'meta' });
  assert.deepEqual(
    before.meta?.forms.map(({ form_id }) => form_id),
    ['11', '12'],
  );
  assert.equal(before.meta?.waiting, 1);
  assert.match(before.meta?.problem ?? '', /190/);
  assert.match((await call('listSources')).items[0]?.problem ?? '', /190/);
  const changed = await call('updateSource', { nom: 'meta', metaForms: ['12', '13'] });
  assert.deepEqual(
    changed.meta?.forms.map(({ form_id }) => form_id),
    ['12', '13'],
  );

  const { accessToken } = graph;
  await call('setMetaSecrets', { nom: 'meta', appSecret, accessToken });
  const after = await findSource(db, 'meta');
  assert.ok(after);
  const opened = metaSecrets(await openSecret(server.config)(), after);
  assert.deepEqual(opened, { appSecret, accessToken });
  await pulled(1);
  assert.equal((await call('getSource', { nom: 'meta' })).meta?.waiting, 0);
  const audit = JSON.stringify(await db.selectFrom('audit').selectAll().execute());
  for (const secret of [appSecret, 'token-1', accessToken]) assert.ok(!audit.includes(secret));
  await makeSource(server, 'site-web', 'json');
  const secrets = { nom: 'site-web', appSecret: 'a', accessToken: 'b' };
  await call('setMetaSecrets', secrets, wrong);
});

test('sources are read by everyone and changed by admin and operateur alone', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  await makeSource(server, 'site-web', 'json');
  const { call } = await signedIn(server, 'lecture');
  const nom = 'site-web';
  await call('listSources');
  await call('getSource', { nom });
  await call('listRecentLeads', { source: nom });
  const refused = { expect: 'role_not_allowed' } as const;
  await call('createSource', { nom: 'b', channel: 'json', statutId: READY }, refused);
  await call('updateSource', { nom, rateLimit: 1 }, refused);
  await call('mapProgrammes', { nom }, refused);
  await call('rotateSourceToken', { nom, overlapHours: 0 }, refused);
  await call('pauseSource', { nom, paused: true }, refused);
  await call('setMetaSecrets', { nom, appSecret: 'a', accessToken: 'b' }, refused);
});
