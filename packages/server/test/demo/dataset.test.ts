import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  exampleContact,
  type LoadCollection,
  type LoadRecord,
  loadCollections,
} from '@relais/contract';
import { demoDataset, demoJsonLines } from '../../src/demo/dataset.ts';

const DAY = 24 * 60 * 60 * 1000;
/** A Monday morning with the default seed, a Sunday night, and the night the clocks change. */
const options = [
  { now: new Date('2026-11-23T09:12:00.000Z') },
  { now: new Date('2027-02-28T02:30:00.123Z'), seed: 1 },
  { now: new Date('2026-10-25T01:00:00.000Z'), seed: 4_294_967_295 },
];

const references = {
  idRegion: 'regions',
  idProspect: 'prospects',
  idProgramme: 'programmes',
  idStatut: 'statuts',
  idOrigine: 'origines',
  idTypeContact: 'types_contact',
  idTypeAction: 'types_action',
} satisfies Record<string, LoadCollection>;

type Collections = { [Name in LoadCollection]: LoadRecord<Name>[] };

function collected(chosen: (typeof options)[number]): Collections {
  const names = Object.keys(loadCollections) as LoadCollection[];
  const all = Object.fromEntries(names.map((name) => [name, []])) as unknown as Collections;
  for (const { collection, record } of demoDataset(chosen)) {
    (all[collection] as unknown[]).push(record);
  }
  return all;
}

const time = (instant: string | null | undefined) => Date.parse(instant ?? '');
const between = (value: number, least: number, most: number, what: string) =>
  assert.ok(value >= least && value <= most, `${what}: ${value}, not from ${least} to ${most}`);
const ids = (records: { id: number }[]) => new Set(records.map(({ id }) => id));

test('the same options give the same lines, another seed other ones', () => {
  const now = new Date('2026-11-23T09:12:00.000Z');
  const lines = [...demoJsonLines({ now, seed: 7 })];
  assert.deepEqual([...demoJsonLines({ now, seed: 7 })], lines);
  assert.notDeepEqual([...demoJsonLines({ now, seed: 8 })], lines);
});

test('a line is a record with its collection, and ends', () => {
  const now = new Date('2026-11-23T09:12:00.000Z');
  const records = demoDataset({ now });
  for (const line of demoJsonLines({ now })) {
    const { collection, record } = records.next().value ?? assert.fail('more lines than records');
    assert.match(line, /^\{"collection":"[a-z_]+",[^\n]+\}\n$/);
    assert.deepEqual(JSON.parse(line), { collection, ...record });
  }
  assert.equal(records.next().done, true);
});

for (const chosen of options) {
  describe(`the data set of ${chosen.now.toISOString()}, seed ${chosen.seed ?? 'by default'}`, () => {
    const { now } = chosen;
    const all = collected(chosen);
    const regionOf = new Map(all.programmes.map(({ id, idRegion }) => [id, idRegion]));
    const region = ({ idProgramme }: LoadRecord<'actions'>) => regionOf.get(idProgramme) as number;
    const withStatut = (designation: string) => {
      const statut = all.statuts.find((each) => each.designation === designation);
      return all.actions.filter(({ idStatut }) => idStatut === statut?.id);
    };

    test('is accepted by the contract, record by record', () => {
      for (const { collection, record } of demoDataset(chosen)) {
        const outcome = loadCollections[collection].safeParse(record);
        assert.ok(outcome.success, `${collection} ${record.id}: ${outcome.error?.message}`);
        assert.equal(JSON.stringify(record), JSON.stringify(record).normalize('NFC'));
      }
    });

    test('has every record once, after those it refers to', () => {
      const given = new Set<string>();
      for (const { collection, record } of demoDataset(chosen)) {
        for (const [field, referred] of Object.entries(references)) {
          if (!(field in record)) continue;
          const id = (record as Record<string, unknown>)[field];
          assert.ok(given.has(`${referred} ${id}`), `${collection} ${record.id}: ${field} ${id}`);
        }
        assert.ok(!given.has(`${collection} ${record.id}`), `${collection} ${record.id} twice`);
        given.add(`${collection} ${record.id}`);
      }
      assert.deepEqual(all.clients, []);
    });

    test('has the regions, programmes, people and enquiries of an agency', () => {
      assert.equal(all.regions.length, 8);
      const nom = (id: number) => all.regions.find((each) => each.id === id)?.nom;
      assert.equal(nom(30), 'Occitanie');
      assert.equal(nom(62), "Provence-Alpes-Côte d'Azur");
      assert.deepEqual(new Set(regionOf.values()), ids(all.regions));
      assert.equal(all.programmes.length, 48);
      between(all.prospects.length, 3_500, 3_700, 'prospects');
      assert.equal(all.actions.length, 4_200);
      assert.equal(ids(all.prospects).size, new Set(all.actions.map((a) => a.idProspect)).size);
      for (const statut of all.statuts) assert.ok(withStatut(statut.designation).length > 100);
    });

    test('has 900 ready in all regions since twelve days, 350 or more in regions 30 and 62', () => {
      const ready = withStatut('À transmettre');
      assert.equal(ready.length, 900);
      const days = new Set<number>();
      for (const { ready_at } of ready) {
        between(time(ready_at), now.getTime() - 12 * DAY, now.getTime(), 'ready_at');
        days.add(Math.floor((now.getTime() - time(ready_at)) / DAY));
      }
      assert.ok(days.size >= 11, `ready on ${days.size} days`);
      assert.deepEqual(new Set(ready.map(region)), ids(all.regions));
      assert.ok(ready.filter((action) => [30, 62].includes(region(action))).length >= 350);
    });

    test('has 1,500 that an older system handed out, 60 of them in the last 30 days', () => {
      const pulled = withStatut('Transmis');
      assert.equal(pulled.length, 1_500);
      assert.ok(pulled.every(({ pulled_at, idClient }) => pulled_at && !idClient));
      const lately = pulled.filter(({ pulled_at }) => time(pulled_at) > now.getTime() - 30 * DAY);
      assert.equal(lately.length, 60);
      assert.equal(all.actions.filter(({ pulled_at }) => pulled_at).length, 1_500);
    });

    test('has its dates in order, within 120 days, and none in the future', () => {
      const since = new Map(all.prospects.map(({ id, created_at }) => [id, time(created_at)]));
      for (const { id, idProspect, created_at, ready_at, pulled_at } of all.actions) {
        const dates = [created_at, ready_at, pulled_at].filter((date) => date != null).map(time);
        assert.deepEqual(
          dates,
          dates.toSorted((a, b) => a - b),
          `action ${id}`,
        );
        assert.ok((since.get(idProspect) ?? Number.NaN) <= time(created_at), `action ${id}`);
        between(time(created_at), now.getTime() - 121 * DAY, now.getTime(), 'created_at');
        assert.ok((dates.at(-1) ?? Number.NaN) <= now.getTime(), `action ${id}`);
      }
    });

    test('has more on recent days, in the daytime and on weekdays', () => {
      const count = (holds: (date: Date) => boolean) =>
        all.actions.filter(({ created_at }) => holds(new Date(time(created_at)))).length;
      const age = (date: Date) => (now.getTime() - date.getTime()) / DAY;
      assert.ok(count((date) => age(date) < 30) > 2 * count((date) => age(date) > 90));
      assert.ok(count((date) => date.getUTCHours() < 5) < all.actions.length * 0.04);
      assert.ok(count((date) => date.getUTCDay() % 6 === 0) < all.actions.length * 0.25);
    });

    test('gives the published contact first to a key of region 30', () => {
      const [first] = withStatut('À transmettre')
        .filter((action) => region(action) === 30)
        .sort((a, b) => time(a.ready_at) - time(b.ready_at) || a.id - b.id);
      const action = first ?? assert.fail('nothing is ready');
      const named = <T extends { id: number }>(records: T[], id?: number | null) =>
        records.find((record) => record.id === id);
      const prospect = named(all.prospects, action.idProspect);
      const programme = named(all.programmes, action.idProgramme);
      const under = (prefix: string, record: object = {}) =>
        Object.fromEntries(Object.entries(record).map(([key, value]) => [prefix + key, value]));
      const contact: Record<string, unknown> = {
        ...action,
        ...under('action_', action),
        ...under('prospect_', prospect),
        ...under('programme_', programme),
        ...under('region_', named(all.regions, programme?.idRegion)),
        ...under('statut_', named(all.statuts, action.idStatut)),
        ...under('origine_', named(all.origines, action.idOrigine)),
        ...under('type_contact_', named(all.types_contact, action.idTypeContact)),
        ...under('type_action_', named(all.types_action, action.idTypeAction)),
      };
      for (const [field, value] of Object.entries(exampleContact)) {
        if (['action_date', 'ready_at', 'pull_id'].includes(field)) continue;
        assert.equal(contact[field], value, field);
      }
    });

    test('reaches nobody who exists, and each person by telephone or e-mail', () => {
      const fiction = /^\+33(19900|26191|35301|46571|53649|63998)\d{4}$/;
      const seen = new Set<string>();
      for (const { id, telephone, email } of all.prospects) {
        assert.ok(telephone || email, `prospect ${id} can't be reached`);
        for (const reach of [telephone, email].filter((each) => each != null)) {
          assert.ok(!seen.has(reach), `${reach} twice`);
          seen.add(reach);
        }
        if (id === exampleContact.prospect_id) continue;
        if (telephone) assert.match(telephone, fiction);
        if (email) assert.match(email, /^[a-z0-9.-]+@example\.(com|fr|org)$/);
      }
    });

    test('leaves some fields empty, and keeps the leading zero of a postcode', () => {
      const missing = (field: keyof LoadRecord<'prospects'>) =>
        all.prospects.filter((prospect) => prospect[field] == null).length / all.prospects.length;
      between(missing('civilite'), 0.1, 0.3, 'no title');
      between(missing('telephone'), 0.03, 0.1, 'no telephone');
      between(missing('email'), 0.08, 0.2, 'no e-mail');
      between(missing('code_postal'), 0.08, 0.2, 'no postcode');
      const postcodes = all.prospects.map(({ code_postal }) => code_postal ?? '00000');
      assert.ok(postcodes.every((code) => /^\d{5}$/.test(code)));
      assert.ok(postcodes.some((code) => /^0[1-9]/.test(code)));
    });

    test('has click ids of the network that sent the lead, and varied comments', () => {
      for (const { id, utm_source, gclid, fbclid } of all.actions) {
        if (id === exampleContact.action_id) continue;
        assert.equal(gclid != null, utm_source === 'google', `action ${id}`);
        assert.equal(fbclid != null, utm_source === 'meta', `action ${id}`);
      }
      const sources = new Set(all.actions.map(({ utm_source }) => utm_source ?? null));
      assert.deepEqual(sources, new Set(['google', 'meta', 'newsletter', null]));
      const comments = new Set(all.actions.map(({ commentaire }) => commentaire));
      assert.ok(comments.has(null) && comments.size > 100);
      for (const part of ['\n', '"', '😍', '€', 'm²', 'œ', 'T3/T4', 'non-resident']) {
        assert.ok(
          [...comments].some((comment) => comment?.includes(part)),
          `no ${part}`,
        );
      }
    });

    test('asks twice about one programme only as a duplicate', () => {
      const duplicates = new Set(withStatut('Doublon'));
      const asked = new Set<string>();
      for (const action of all.actions) {
        const wish = `${action.idProspect} ${action.idProgramme}`;
        assert.equal(asked.has(wish), duplicates.has(action), `action ${action.id}`);
        asked.add(wish);
      }
      assert.ok(all.actions.length - duplicates.size > all.prospects.length + 300);
    });
  });
}
