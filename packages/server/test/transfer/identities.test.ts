import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { LoadDocument } from '@relais/contract';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { CrmDatabase } from '../../src/installation/databases.ts';
import { readTelephone } from '../../src/intake/normalise/telephone.ts';
import { dump } from '../../src/transfer/dump.ts';
import { frenchNumber } from '../../src/transfer/frenchNumber.ts';
import { identitiesOf, isIdentity } from '../../src/transfer/identities.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let token: string;
before(async () => {
  server = await freshServer();
  await loadInto(server.main, { ...publishedCrm(), ...people });
  token = await makeSource(server, 'site', 'json', { id_programme: 145 });
});
after(() => server.close());

/** As an old CRM has them, the younger one first. */
const people = {
  prospects: [
    { id: 9, nom: 'Martin', telephone: '+33611111111', email: ' Zoé@École.fr ' },
    { id: 8, nom: 'Martin', telephone: '06.11.11.11.11', email: '' },
    { id: 7, nom: 'Dupont', telephone: '06 12 34 56 78 (le soir)', email: 'JEAN@EMAIL.COM' },
    { id: 6, nom: 'Peeters', telephone: '0475 12 34 56', email: 'aucun', pays: 'Belgique' },
    { id: 5, nom: 'Hoarau', telephone: '0692 12 34 56' },
    { id: 4, nom: 'Sans' },
  ],
  actions: [],
} satisfies LoadDocument;

const send = (lead: object) => sendLead(server.url, 'site', token, lead);

async function loaded(...documents: LoadDocument[]): Promise<CrmDatabase> {
  const database = await server.create();
  for (const document of documents) await loadInto(database, document);
  return database;
}

async function dumpText({ db }: CrmDatabase): Promise<string> {
  let text = '';
  await dump(db, (part) => {
    text += part;
  });
  return text;
}

/** Whose each value is, as a dump has it. */
async function owners(database: CrmDatabase): Promise<Record<string, number>> {
  const { identities = [] } = JSON.parse(await dumpText(database)) as LoadDocument;
  return Object.fromEntries(identities.map(({ value, idProspect }) => [value, idProspect]));
}

test('a lead is matched to a loaded person, however the old CRM had typed number and address', async () => {
  const both = await send({ telephone: '+33612345678', email: 'jean@email.com' });
  assert.equal(both.prospect_id, 7);
  assert.deepEqual(both.matched_on, ['email', 'telephone']);
  const found: [lead: object, prospect: number][] = [
    [{ email: 'zoé@xn--cole-9oa.fr' }, 9],
    [{ telephone: '06 11 11 11 11' }, 8],
    [{ telephone: '+32 475 12 34 56' }, 6],
    [{ telephone: '+262 692 12 34 56' }, 5],
  ];
  for (const [lead, prospect] of found) {
    const answer = await send(lead);
    assert.equal(answer.prospect_id, prospect);
    assert.equal(answer.matched_on.length, 1);
  }
  const { rows } = await sql`select from prospect`.execute(server.main.db);
  assert.equal(rows.length, people.prospects.length);
});

test('what leads gave beside is known after a dump and a load', async () => {
  const known = await send({ email: 'jean@email.com', telephone: '07 55 55 55 55' });
  assert.equal(known.prospect_id, 7);
  const second = await loaded(JSON.parse(await dumpText(server.main)));
  const values = await owners(second);
  assert.equal(values['+33612345678'], 7);
  assert.equal(values['+33755555555'], 7);
  assert.deepEqual(await owners(server.main), values);
});

test('a file without identities makes the round trip, byte for byte, with those of its prospects', async () => {
  const first = await loaded({ ...publishedCrm(), ...people });
  const text = await dumpText(first);
  assert.deepEqual(await owners(first), {
    '+262692123456': 5,
    '+32475123456': 6,
    '+33611111111': 8,
    '+33612345678': 7,
    'jean@email.com': 7,
    'zoé@xn--cole-9oa.fr': 9,
  });
  assert.equal(await dumpText(await loaded(JSON.parse(text))), text);
});

test('an identity of the file comes before what another prospect has typed', async () => {
  const identities = [
    { id: 70, idProspect: 9, value: '+33611111111' },
    { id: 71, idProspect: 4, value: 'sans@example.com' },
  ];
  const first = await loaded({ ...publishedCrm(), ...people, identities });
  const values = await owners(first);
  assert.equal(values['+33611111111'], 9);
  assert.equal(values['sans@example.com'], 4);
  assert.equal(values['jean@email.com'], 7);
  const text = await dumpText(first);
  assert.equal(await dumpText(await loaded(JSON.parse(text))), text);
});

test('who is known in the database keeps an identity', async () => {
  const database = await loaded(publishedCrm(), {
    prospects: [{ id: 1, telephone: '0612345678', email: 'autre@email.com' }],
  });
  assert.deepEqual(await owners(database), {
    '+33612345678': 5002,
    'jean@email.com': 5002,
    'autre@email.com': 1,
  });
});

test('an identity that is in the database for the same prospect is accepted, under any id', async () => {
  const database = await loaded(publishedCrm());
  const before = await dumpText(database);
  const { identities = [] } = JSON.parse(before) as LoadDocument;
  await loadInto(database, { identities });
  await loadInto(database, {
    identities: identities.map((each) => ({ ...each, id: each.id + 9 })),
  });
  assert.equal(await dumpText(database), before);
});

const conflicts: [promise: string, identities: LoadDocument['identities'], message: RegExp][] = [
  [
    'of another prospect of the database',
    [{ id: 9, idProspect: 1, value: 'jean@email.com' }],
    /^line 1, identities\[0\], "value": prospect 5002 of the database has the same\.$/,
  ],
  [
    'of an id that has another value',
    [{ id: 1, idProspect: 5002, value: 'autre@email.com' }],
    /^line 1, identities\[0\], "id": prospect_identity 1 is in the database already with other/,
  ],
  [
    'given to two prospects',
    [
      { id: 8, idProspect: 1, value: 'autre@email.com' },
      { id: 9, idProspect: 5002, value: 'autre@email.com' },
    ],
    /^line 1, identities\[1\], "value": prospect_identity 8 of the file has the same\.$/,
  ],
  [
    'of nobody',
    [{ id: 9, idProspect: 2, value: 'autre@email.com' }],
    /^line 1, identities\[0\], "idProspect": there is no prospect 2\.$/,
  ],
];
for (const [promise, identities = [], message] of conflicts) {
  test(`an identity ${promise} is told with its place, and nothing is loaded`, async () => {
    const database = await loaded(publishedCrm());
    const before = await dumpText(database);
    const prospects = [{ id: 1, nom: 'Nouveau' }];
    await assert.rejects(loadInto(database, { identities, prospects }), { message });
    assert.equal(await dumpText(database), before);
  });
}

test('a value that is not as leads are recognised by is told with its place', async () => {
  const values = [
    ...['06 12 34 56 78', '0612345678', '+330612345678', '+33 612345678', '+33692123456'],
    ...['+33600', '+33690000000000', 'Jean@email.com', 'jean@email', 'jean@email.com ', 'jean', ''],
  ];
  for (const value of values) {
    const identities = [{ id: 1, idProspect: 5002, value }];
    await assert.rejects(
      loadInto(server.main, { identities }),
      /^LoadError: line 1, identities\[0\], "value": (?:is not|must) /,
      value,
    );
  }
});

test('a dump leaves out by what no lead is recognised, so that it can be loaded', async () => {
  const database = await loaded(publishedCrm());
  const before = await dumpText(database);
  await sql`
    insert into prospect_identity (value, id_prospect)
    values ('+33692123456', 5002), ('+33000000000', 5002), ($$'jean@email.com$$, 5002)`.execute(
    database.db,
  );
  assert.equal(await dumpText(database), before);
});

test('what is read from a prospect is an identity', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789+ .-'), maxLength: 16 });
  const telephone = fc.oneof(digits, fc.string());
  const email = fc.oneof(fc.emailAddress(), fc.string({ unit: 'grapheme' }));
  const pays = fc.constantFrom('FR', 'Belgique', 'Maroc', 'Réunion', 'Italie', null);
  fc.assert(
    fc.property(fc.record({ telephone, email, pays }), (prospect) => {
      for (const value of identitiesOf(prospect)) assert.ok(isIdentity(value), value);
    }),
  );
});

test('a French number that is plain to see is what intake reads, of every beginning', () => {
  let plain = 0;
  const assertSame = (text: string, pays?: string) => {
    const number = frenchNumber(text, pays);
    if (number === undefined) return;
    plain += 1;
    const read = readTelephone(text, pays);
    assert.equal('e164' in read && read.e164, number, `${text} ${pays}`);
  };
  for (let beginning = 0; beginning < 10_000; beginning += 1) {
    const digits = `${String(beginning).padStart(4, '0')}12345`;
    assertSame(`+33${digits}`);
    assertSame(`0${digits}`.replace(/\d\d(?=\d)/g, '$& '));
  }
  assert.ok(plain > 10_000);
  const pairs = fc.array(fc.integer({ min: 10, max: 99 }), { minLength: 4, maxLength: 5 });
  const begin = fc.constantFrom('06', '+336', '+33 6', '01', '+339', '0033', '+32 4', '6');
  const pays = fc.constantFrom(undefined, 'FR', 'France', 'Belgique', 'Maroc', 'La Réunion', '');
  fc.assert(
    fc.property(begin, pairs, fc.constantFrom('', ' ', '.', '-'), pays, (start, rest, sign, land) =>
      assertSame([start, ...rest].join(sign), land),
    ),
  );
});
