import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import type { LoadDocument } from '@relais/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { dump } from '../../src/transfer/dump.ts';
import { load } from '../../src/transfer/load.ts';
import { PULLED, publishedCrm, queueCrm } from '../support/crm.ts';
import { freshInstallation, loadInto, type TestInstallation } from '../support/installation.ts';

let installation: TestInstallation;
before(async () => {
  installation = await freshInstallation();
});
after(() => installation.close());

const fresh = (): Promise<CrmDatabase> => installation.create();

const loadText = ({ db }: CrmDatabase, text: string | Buffer, chunk = 64 * 1024) => {
  const bytes = Buffer.from(text);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, index) =>
    bytes.subarray(index * chunk, (index + 1) * chunk),
  );
  return load(db, Readable.from(chunks));
};

async function dumpText({ db }: CrmDatabase): Promise<string> {
  let text = '';
  await dump(db, (part) => {
    text += part;
  });
  return text;
}

const lines = (document: LoadDocument): string =>
  Object.entries(document)
    .flatMap(([collection, records]) => records.map((record) => ({ ...record, collection })))
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');

/** Texts that files get wrong. */
const hard = (): LoadDocument => {
  const document = publishedCrm();
  document.prospects?.push(
    { id: 1, nom: "D'Hérouville-Çelik", prenom: 'Éloïse 🏡', telephone: null },
    { id: 2, nom: 'مرحبا', email: '"quoted\\" {[}]"@example.com', ville: 'L\u2019Haÿ\u0301' },
  );
  document.actions?.push({
    id: 7,
    idProspect: 1,
    idProgramme: 145,
    idStatut: PULLED,
    created_at: '2026-11-01T09:00:00.123456+02:00',
    ready_at: '2026-11-01T10:00:00Z',
    pulled_at: '2026-11-02T10:00:00.5Z',
    commentaire: 'line\nbreak, "quote", \\ and \t',
  });
  for (const prospect of document.prospects ?? []) prospect.created_at = '2026-11-01T08:00:00Z';
  return document;
};

test('JSON and JSON Lines, with members in any order and cut anywhere, load the same', async () => {
  const reversed = Object.fromEntries(Object.entries(hard()).reverse());
  const forms = [
    JSON.stringify(hard()),
    JSON.stringify(reversed, null, 2),
    `\uFEFF${JSON.stringify(hard(), null, '\t').replaceAll('\n', '\r\n')}`,
    lines(hard()),
    lines(reversed as LoadDocument),
  ];
  const dumps = new Set<string>();
  for (const [index, form] of forms.entries()) {
    const database = await fresh();
    await loadText(database, form, index === 0 ? 1 : 7);
    dumps.add(await dumpText(database));
  }
  assert.equal(dumps.size, 1);
});

test('load, dump, load, dump gives the same bytes, also after pulls', async () => {
  const first = await fresh();
  await loadText(first, JSON.stringify(hard()));
  const { db } = first;
  await sql`insert into client (id, nom) values (9, 'Promoteur X')`.execute(db);
  await sql`update action set id_client = 9, pulled_at = now() where action.id = 1045`.execute(db);
  const text = await dumpText(first);
  assert.match(text, /"created_at":"2026-11-01T07:00:00\.123456Z"/);
  assert.match(text, /"idClient":9/);
  const second = await fresh();
  const { summary } = await loadText(second, text);
  assert.equal(summary.actions, 2);
  assert.equal(await dumpText(second), text);
});

test('ids go on above the highest loaded', async () => {
  const database = await fresh();
  await loadInto(database, publishedCrm());
  const { rows } = await sql<{ id: number }>`
    insert into prospect (nom) values ('Suivant') returning prospect.id`.execute(database.db);
  assert.deepEqual(rows, [{ id: 5003 }]);
});

test('lists that are there already are accepted when they say the same', async () => {
  const database = await fresh();
  await loadInto(database, publishedCrm());
  const { programmes, prospects, actions, ...shared } = publishedCrm();
  assert.ok(programmes && prospects && actions);
  await loadInto(database, shared);
  await assert.rejects(
    loadInto(database, { regions: [{ id: 30, nom: 'Autre' }] }),
    /regions\[0\], "id": region 30 is in the database already with other values/,
  );
});

const broken: [name: string, text: string | Buffer, message: string | RegExp][] = [
  ['an empty file', '', 'line 1: the file is empty.'],
  ['no JSON', 'id;nom\n', 'line 1: the file must begin with {.'],
  [
    'a file cut short',
    '{"regions": [\n{"id": 1, "nom": "A"}',
    /^line 2, regions: the file ends too soon/,
  ],
  [
    'broken JSON',
    '{"regions": [\n{"id": 1, nom: "A"}]}',
    'line 2, regions[0]: a record is not valid JSON.',
  ],
  ['a comma too many', '{"regions": [{"id": 1, "nom": "A"},]}', /must be an object/],
  [
    'what follows the object',
    '{"regions": []}\nx',
    'line 2, regions: nothing may follow the object.',
  ],
  [
    'an unknown collection',
    '{"leads": [{"id": 1}]}',
    /^line 1: there is no such collection; there is regions,/,
  ],
  [
    'a member that is no collection before them',
    '{\n  "version": 1,\n  "regions": []\n}',
    /^line 2: there is no such collection; there is regions,/,
  ],
  [
    'a line without collection',
    '{"id": 1, "nom": "A"}',
    /^line 1: a record must name its collection/,
  ],
  ['no array', '{"regions": [], "statuts": {}}', 'line 1, statuts: must be an array.'],
  [
    'an unknown member',
    '{"regions": [{"id": 1, "nom": "A", "code": 2}]}',
    'line 1, regions[0], "code": is not a member of this format.',
  ],
  ['a missing member', '{"regions": [\n\n{"id": 1}]}', 'line 3, regions[0], "nom": is missing.'],
  [
    'a wrong type',
    '{"regions": [{"id": "1", "nom": "A"}]}',
    /^line 1, regions\[0\], "id": must be/,
  ],
  [
    'a member twice',
    '{"regions": [{"id": 1, "nom": "A", "nom": "B"}]}',
    'line 1, regions[0], "nom": is given twice.',
  ],
  [
    'an id twice',
    '{"regions": [{"id": 1, "nom": "A"},\n{"id": 1, "nom": "A"}]}',
    'line 2, regions[1], "id": 1 is given twice in the file.',
  ],
  [
    'a designation twice',
    '{"statuts": [{"id": 1, "designation": "A"}, {"id": 2, "designation": "A"}]}',
    'line 1, statuts[1], "designation": statut 1 of the file has the same.',
  ],
  [
    'a dangling reference',
    '{"programmes": [{"id": 1, "idRegion": 999, "nom": "P"}]}',
    'line 1, programmes[0], "idRegion": there is no region 999.',
  ],
  ['a NUL', '{"regions": [{"id": 1, "nom": "A\\u0000"}]}', /"nom": must be text without NUL/],
  [
    'a lone surrogate',
    '{"regions": [{"id": 1, "nom": "\\ud800"}]}',
    /"nom": must be text without NUL/,
  ],
  [
    'bad UTF-8',
    Buffer.from([...Buffer.from('{"regions": [{"nom":"'), 0xff, ...Buffer.from('"}]}')]),
    /not UTF-8/,
  ],
  [
    'a record of 2 MiB',
    `{"regions": [{"id": 1, "nom": "${'x'.repeat(2 ** 21)}"}]}`,
    /larger than 1 MiB/,
  ],
  [
    'an id without room above it',
    '{"regions": [{"id": 4503599627370497, "nom": "A"}]}',
    'line 1, regions[0], "id": must be a whole number from 1 to 4503599627370496.',
  ],
  [
    'the year 0',
    '{"prospects": [{"id": 1, "created_at": "0000-01-01T00:00:00Z"}]}',
    /"created_at": must be a date and time/,
  ],
];
for (const [name, text, message] of broken) {
  test(`${name} is told with its place, and nothing is loaded`, async () => {
    await assert.rejects(loadText(installation.main, text), (error: Error) => {
      assert.equal(error.name, 'LoadError');
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
      return true;
    });
    assert.doesNotMatch(await dumpText(installation.main), /"id"/);
  });
}

test('a fault at the end of a long file leaves nothing behind', async () => {
  const document = queueCrm(5_000);
  document.actions?.push({ id: 5_001, idProspect: 999_999, idProgramme: 130, idStatut: 2 });
  await assert.rejects(
    loadInto(installation.main, document),
    /actions\[5000\], "idProspect": there is no prospect 999999/,
  );
  assert.doesNotMatch(await dumpText(installation.main), /"id"/);
});

test('a message of a fault quotes no person', async () => {
  const text = '{"prospects": [{"id": 1, "nom": "Secret", "email": 5, "telephone": "0612"}]}';
  await assert.rejects(loadText(installation.main, text), (error: Error) => {
    assert.doesNotMatch(error.message, /Secret|0612/);
    return true;
  });
});

test('a database that is loaded twice refuses the second time, and stays as it was', async () => {
  const database = await fresh();
  await loadInto(database, publishedCrm());
  const before = await dumpText(database);
  await assert.rejects(
    loadInto(database, publishedCrm()),
    /programmes\[0\], "id": programme 145 is in the/,
  );
  assert.equal(await dumpText(database), before);
});

test('any document that agrees with the format makes the round trip', async () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((value) => !value.includes('\0') && value.isWellFormed());
  const optional = fc.option(text, { nil: undefined });
  const documents = fc.record({
    prospects: fc.uniqueArray(
      fc.record({ id: fc.integer({ min: 1 }), nom: optional, email: optional, adresse: optional }),
      { selector: ({ id }) => id, maxLength: 20 },
    ),
    regions: fc.uniqueArray(fc.record({ id: fc.integer({ min: 1 }), nom: text }), {
      selector: ({ id }) => id,
      maxLength: 5,
    }),
  });
  const database = await fresh();
  const { db } = database;
  await fc.assert(
    fc.asyncProperty(documents, fc.integer({ min: 1, max: 50 }), async (document, chunk) => {
      await sql`truncate region, prospect cascade`.execute(db);
      await loadText(database, JSON.stringify(document), chunk);
      const dumped = JSON.parse(await dumpText(database));
      const byId = (records: { id: number }[]) =>
        records.toSorted((left, right) => left.id - right.id);
      const plain = JSON.parse(JSON.stringify(document));
      const withoutTime = dumped.prospects.map(
        ({ created_at, ...rest }: { created_at: string }) => rest,
      );
      assert.deepEqual(withoutTime, byId(plain.prospects));
      assert.deepEqual(dumped.regions, byId(plain.regions));
    }),
    { numRuns: 40 },
  );
});
