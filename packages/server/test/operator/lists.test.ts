import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { lockKey } from '../../src/store/keys.ts';
import { pick } from '../../src/store/pulls.ts';
import { PULLED, programmeOf, publishedCrm, QUALIFY, queueCrm, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, openDoor } from '../support/intake.ts';
import { idsOf, serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';
import { crossing, untilWaiting, whileHeld } from '../support/waiting.ts';

const inUse = { expect: 'record_in_use' } as const;
const missing = { expect: 'record_not_found' } as const;

test('regions are created, renamed and listed, and deleted when nothing refers to them', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  await server.key('Promoteur X', { regions: [62] });
  const nom = `Bretagne <b>"'; --`;
  const { id } = await call('saveRegion', { nom });
  assert.ok(id > 62, 'ids that were loaded stay');
  await call('saveRegion', { id: 62, nom: 'PACA' });
  assert.deepEqual((await call('listRegions')).items, [
    { id, nom, programmes: 0, keys: 0 },
    { id: 30, nom: 'Occitanie', programmes: 1, keys: 0 },
    { id: 62, nom: 'PACA', programmes: 0, keys: 1 },
  ]);
  assert.match(await call('deleteRegion', { id: 30 }, inUse), /used by 1 programme\./);
  assert.match(await call('deleteRegion', { id: 62 }, inUse), /used by 1 key\./);
  assert.deepEqual(await call('deleteRegion', { id }), { id });
  await call('deleteRegion', { id }, missing);
  await call('saveRegion', { id, nom: 'Bretagne' }, missing);
});

test('a region that only a revoked key names is deleted, and the key stays as it was otherwise', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const { id } = await server.key('Promoteur X', { regions: [30, 62] });
  await call('deleteRegion', { id: 62 }, inUse);
  await call('revokeKey', { id });
  assert.equal((await call('listRegions')).items.find((region) => region.id === 62)?.keys, 0);
  await call('deleteRegion', { id: 62 });
  const [key] = (await call('listKeys')).items;
  assert.deepEqual(key && [key.id, key.state, key.regions], [
    id,
    'revoked',
    [{ id: 30, nom: 'Occitanie' }],
  ]);
});

test('programmes are created, changed and listed, and deleted when nothing refers to them', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  await makeSource(server, 'site-web', 'form', { programmes: { aube: 145 } });
  const { id } = await call('saveProgramme', { regionId: 62, nom: 'Le Parc', ville: 'Nice' });
  await makeSource(server, 'meta', 'json', { id_programme: id });
  assert.deepEqual(
    (await call('listProgrammes')).items.map((row) => [
      row.id,
      row.ville,
      row.actions,
      row.sources,
    ]),
    [
      [id, 'Nice', 0, 1],
      [145, null, 1, 1],
    ],
  );
  const [own, ...others] = (await call('listProgrammes', { regionIds: [62] })).items;
  assert.deepEqual([own?.region_nom, others.length], ["Provence-Alpes-Côte d'Azur", 0]);
  const saved = await call('saveProgramme', { id, regionId: 62, nom: 'Le Grand Parc' });
  assert.deepEqual(saved, { id, nom: 'Le Grand Parc', ville: null, region_id: 62 });

  const wrong = { expect: 'invalid_parameter' } as const;
  assert.match(await call('saveProgramme', { nom: 'Sans région' }, wrong), /regionId.*missing/);
  assert.match(
    await call('saveProgramme', { id, regionId: 30, nom: 'Le Parc' }, wrong),
    /moveProgramme/,
  );
  await call('saveProgramme', { regionId: 99, nom: 'Nulle part' }, missing);
  await call('saveProgramme', { id: 999, nom: 'Aucun' }, missing);
  assert.match(
    await call('deleteProgramme', { id: 145 }, inUse),
    /used by (1 action, 1 source|1 source, 1 action)\./,
  );
  assert.match(await call('deleteProgramme', { id }, inUse), /used by 1 source\./);
  const { id: empty } = await call('saveProgramme', { regionId: 62, nom: 'Vide' });
  // Leads that name one of two alike would go to neither.
  const taken = { expect: 'name_taken' } as const;
  assert.match(await call('saveProgramme', { regionId: 62, nom: 'VIDÉ' }, taken), /"Vide" exists/);
  await call('saveProgramme', { id, nom: 'Vide' }, taken);
  await call('saveProgramme', { id: empty, nom: 'Vide' });
  const there = { regionId: 62, nom: 'Vide', ville: 'Nice' };
  const { id: elsewhere } = await call('saveProgramme', there);
  await call('saveProgramme', { id: elsewhere, nom: 'Vide' }, taken);
  const { id: twin } = await call('saveProgramme', { regionId: 30, nom: 'vide' });
  for (const preview of [true, false]) {
    const move = { id: twin, regionId: 62, preview };
    assert.match(
      await call('moveProgramme', move, taken),
      /^The region ".+" has a programme "Vide"/,
    );
  }
  await call('moveProgramme', { id: twin, regionId: 30 });
  await call('deleteProgramme', { id: empty });
  await call('deleteProgramme', { id: empty }, missing);
});

test('the four lists are kept apart; a name is given once in each', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const nom = 'Salon <script>';
  for (const list of ['statuts', 'origines', 'types_contact', 'types_action'] as const) {
    const { id } = await call('saveDesignation', { list, designation: nom });
    const taken = { expect: 'name_taken' } as const;
    await call('saveDesignation', { list, designation: nom }, taken);
    await call('saveDesignation', { list, id: 1, designation: nom }, taken);
    await call('saveDesignation', { list, id, designation: 'Salon' });
    const { items } = await call('listDesignations', { list });
    assert.deepEqual(
      items.find((row) => row.id === id),
      { id, designation: 'Salon', keys: 0, sources: 0, pulled_from: false },
    );
    await call('saveDesignation', { list, id: 999, designation: 'X' }, missing);
    await call('deleteDesignation', { list, id });
    await call('deleteDesignation', { list, id }, missing);
  }
  const audit = await server.main.db.selectFrom('audit').select('audit.act').execute();
  assert.deepEqual(
    audit.slice(0, 3).map(({ act }) => act),
    ['statut.create', 'statut.rename', 'statut.delete'],
  );
  await call('listDesignations', { list: 'staff' as 'statuts' }, { expect: 'invalid_parameter' });
});

test('a name that differs from another in letter case and accents alone is refused, naming it', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server, 'operateur');
  const taken = { expect: 'name_taken' } as const;
  const region = await call('saveRegion', { nom: 'occitànie' }, taken);
  assert.equal(region, '"Occitanie" exists already: choose another name.');
  await call('saveRegion', { id: 62, nom: 'OCCITANIE' }, taken);
  await call('saveRegion', { id: 30, nom: 'OCCITANIE' });
  const statut = { list: 'statuts', designation: 'a transmettre' } as const;
  assert.match(await call('saveDesignation', statut, taken), /^"À transmettre" exists already/);
  await call('saveDesignation', { ...statut, id: PULLED }, taken);
  await call('saveDesignation', { ...statut, id: READY });
  const { id } = await call('createClient', { nom: 'Cœur de Ville' });
  assert.match(await call('createClient', { nom: 'COEUR DE VILLE' }, taken), /"Cœur de Ville"/);
  await call('renameClient', { id, nom: 'COEUR DE VILLE' });
  const other = await call('createClient', { nom: 'Promoteur Y' });
  await call('renameClient', { id: other.id, nom: 'cœur de ville' }, taken);
});

test('of two operators who give one name at the same moment, one is told', async (t) => {
  const server = await serverFor(t);
  const { call } = await signedIn(server);
  const asked = ['Bretagne', 'bretagne', 'BRETAGNE'].map((nom) => call('saveRegion', { nom }));
  const done = await Promise.allSettled(asked);
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal((await call('listRegions')).items.length, 1);
});

test('regions that were loaded with one name stay, and are renamed', async (t) => {
  const server = await serverFor(t);
  const regions = ['Bretagne', 'bretagne'].map((nom, index) => ({ id: index + 1, nom }));
  await loadInto(server.main, { regions });
  const { call } = await signedIn(server);
  await call('saveRegion', { id: 2, nom: 'Bretagne sud' });
  assert.deepEqual(
    (await call('listRegions')).items.map(({ nom }) => nom),
    ['Bretagne', 'Bretagne sud'],
  );
});

test('an entry that something refers to stays, and the refusal says what does', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const key = await server.key('Promoteur X');
  await makeSource(server, 'site-web', 'json', { id_origine: 1 });
  const statuts = await call('listDesignations', { list: 'statuts' });
  assert.deepEqual(
    statuts.items.map((row) => [row.id, row.keys, row.sources, row.pulled_from]),
    [
      [QUALIFY, 0, 0, false],
      [READY, 1, 1, true],
      [PULLED, 1, 0, false],
    ],
  );
  const said = await call('deleteDesignation', { list: 'statuts', id: READY }, inUse);
  for (const use of ['1 action', '1 key', '1 source']) assert.ok(said.includes(use), said);
  await call('revokeKey', { id: key.id });
  // The pulls of a revoked key stay explained.
  assert.match(await call('deleteDesignation', { list: 'statuts', id: PULLED }, inUse), /1 key/);
  const origine = await call('deleteDesignation', { list: 'origines', id: 1 }, inUse);
  assert.match(origine, /1 action/);
  assert.match(origine, /1 source/);
  const [first] = (await call('listDesignations', { list: 'origines' })).items;
  assert.deepEqual([first?.keys, first?.sources], [0, 1]);
});

test('a region that a new key takes at the same moment can not be deleted under it', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, publishedCrm());
  const { call } = await signedIn(server);
  const key = await server.key('Promoteur X', { regions: [30] });
  let refused: Promise<string> | undefined;
  await server.main.db.transaction().execute(async (trx) => {
    await lockKey(trx, key.id);
    await sql`insert into key_region (id_key, id_region) values (${key.id}, 62)`.execute(trx);
    refused = call('deleteRegion', { id: 62 }, inUse);
    await untilWaiting(server.main.db);
  });
  assert.match((await refused) ?? '', /used by 1 key/);
});

test('moving a programme moves its actions: others see its contacts from then on', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(6));
  const { call } = await signedIn(server, 'operateur');
  const x = await server.key('Promoteur X', { regions: [30] });
  const y = await server.key('Promoteur Y', { regions: [62] });
  await server.key('Promoteur Z', { regions: null });
  const order = { id: programmeOf(30), regionId: 62 };
  const preview = await call('moveProgramme', { ...order, preview: true });
  const names = (clients: { nom: string }[]) => clients.map(({ nom }) => nom);
  assert.deepEqual([preview.region_id, preview.actions, preview.ready], [30, 3, 3]);
  assert.deepEqual(names(preview.losing), ['Promoteur X']);
  assert.deepEqual(names(preview.gaining), ['Promoteur Y']);
  const read = async (key: { text: string }) =>
    idsOf(await server.send(key.text, { operation: 'readContacts' }));
  assert.deepEqual(
    [await read(x), await read(y)],
    [
      [1, 3, 5],
      [2, 4, 6],
    ],
  );

  const moved = await call('moveProgramme', order);
  assert.deepEqual({ ...moved, region_id: 30 }, preview);
  assert.deepEqual([await read(x), await read(y)], [[], [1, 2, 3, 4, 5, 6]]);
  await call('moveProgramme', { ...order, regionId: 99 }, missing);
  await call('moveProgramme', { ...order, id: 999 }, missing);
  const acts = await server.main.db
    .selectFrom('audit')
    .select(['audit.act', 'audit.detail'])
    .where('audit.target', '=', `programme:${order.id}`)
    .execute();
  assert.deepEqual(acts, [
    { act: 'programme.move', detail: { before: 30, after: 62, actions: 3, ready: 3 } },
  ]);
});

test('a move waits for a pull under way; pulls that come meanwhile pass over its contacts', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(6));
  const { call } = await signedIn(server);
  const { text } = await server.key('Promoteur X');
  let moved: Promise<unknown> | undefined;
  let meanwhile: number[] = [];
  await server.main.db.transaction().execute(async (trx) => {
    // A pull has picked what is ready in region 30.
    const picked = await pick(trx, { regions: [30], programmes: undefined }, READY, 1);
    assert.deepEqual(picked, [1]);
    moved = call('moveProgramme', { id: programmeOf(30), regionId: 62 });
    await untilWaiting(server.main.db);
    meanwhile = idsOf(await server.send(text, { operation: 'pullContacts' }));
  });
  await moved;
  assert.ok(!meanwhile.includes(1), 'what the pull holds');
  for (const id of [2, 4, 6]) assert.ok(meanwhile.includes(id), 'the other programme');
  const rest = idsOf(await server.send(text, { operation: 'pullContacts' }));
  assert.deepEqual([...meanwhile, ...rest].toSorted(), [1, 2, 3, 4, 5, 6]);
});

test('a move tells and notes no contact as ready that a pull under way has handed out', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(6));
  const { call } = await signedIn(server, 'admin');
  const { text } = await server.key('Promoteur X');
  const [pulled, moved] = await crossing(
    server.main.db,
    sql`lock table pull_item in share mode`,
    () => server.send(text, { operation: 'pullContacts', limit: 1 }),
    () => call('moveProgramme', { id: programmeOf(30), regionId: 62 }),
  );
  assert.deepEqual(idsOf(pulled), [1]);
  assert.deepEqual([moved.actions, moved.ready], [3, 2]);
  const noted = await server.main.db
    .selectFrom('audit')
    .select('audit.detail')
    .where('audit.act', '=', 'programme.move')
    .executeTakeFirst();
  assert.deepEqual(noted?.detail, { before: 30, after: 62, actions: 3, ready: 2 });
});

test('a lead whose programme is deleted while it waits for its person is in quarantine', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(2));
  const { call } = await signedIn(server, 'admin');
  const { send } = await openDoor(server, server.main);
  const { id } = await call('saveProgramme', { regionId: 62, nom: 'Villa' });
  const { db } = server.main;
  const email = 'marie@example.com';
  const person = sql`insert into prospect_identity (value, id_prospect) values (${email}, 0)`;
  const { lead } = await whileHeld(db, person, async () => {
    const lead = send({ email, programme: 'Villa' });
    await untilWaiting(db);
    await call('deleteProgramme', { id });
    return { lead };
  });
  const { outcome, reasons } = await lead;
  assert.equal(outcome, 'quarantined');
  assert.deepEqual(
    reasons.map(({ code }) => code),
    ['unknown_programme'],
  );
});

test('lists are read by everyone and changed by admin and operateur alone', async (t) => {
  const server = await serverFor(t);
  const { call } = await signedIn(server, 'lecture');
  assert.deepEqual(await call('listRegions'), { items: [] });
  assert.deepEqual(await call('listProgrammes'), { items: [] });
  assert.deepEqual(await call('listDesignations', { list: 'statuts' }), { items: [] });
  const refused = { expect: 'role_not_allowed' } as const;
  await call('saveRegion', { nom: 'X' }, refused);
  await call('deleteRegion', { id: 1 }, refused);
  await call('saveProgramme', { regionId: 1, nom: 'X' }, refused);
  await call('moveProgramme', { id: 1, regionId: 1, preview: true }, refused);
  await call('deleteProgramme', { id: 1 }, refused);
  await call('saveDesignation', { list: 'statuts', designation: 'X' }, refused);
  await call('deleteDesignation', { list: 'statuts', id: 1 }, refused);
});
