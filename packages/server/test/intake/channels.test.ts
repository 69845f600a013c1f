import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLead } from '@relais/contract';
import fc from 'fast-check';
import { parseExactJson } from '../../src/exactJson.ts';
import { type FormField, readForm, readFormLead } from '../../src/intake/channels/form.ts';
import { readGoogleLead } from '../../src/intake/channels/google.ts';
import { readJsonLead } from '../../src/intake/channels/json.ts';
import { fieldNames } from '../../src/intake/fields.ts';
import { Refusal } from '../../src/refusal.ts';

// JSON

test('the lead of the documentation is read whole', () => {
  assert.deepEqual(readJsonLead(exampleLead.request), exampleLead.request);
});

test('members are known by their usual names, and any other becomes an answer', () => {
  const body = {
    first_name: 'Jean',
    'Nom de famille': 'Dupont',
    phone: 33612345678,
    lead_id: 1045,
    utm: { source: 'google', term: 't3' },
    prospect: { email: 'jean@email.com' },
    programme: { id: 145, nom: 'Les Jardins' },
    budget: 250000,
    parking: true,
    pieces: ['T2', 3, null],
    fax: null,
    ville: '',
    rgpd: true,
    is_test: true,
    token: 'secret',
  };
  assert.deepEqual(readJsonLead(body), {
    prenom: 'Jean',
    nom: 'Dupont',
    telephone: '33612345678',
    externalId: '1045',
    utm_source: 'google',
    utm_term: 't3',
    email: 'jean@email.com',
    programme: '145',
    otherProgrammes: ['Les Jardins'],
    answers: [
      { question: 'programme.nom', answer: 'Les Jardins' },
      { question: 'budget', answer: '250000' },
      { question: 'parking', answer: 'true' },
      { question: 'pieces', answer: 'T2, 3' },
    ],
    consent: true,
    test: true,
  });
});

test('a list of questions and answers is taken over, and what is of another shape is kept', () => {
  const answers = [
    { question: 'Budget', answer: 250000 },
    { question: 'nom', answer: ['a', 'b'] },
    { question: 'Étage', answer: '3', id: 7 },
    'sans question',
  ];
  assert.deepEqual(readJsonLead({ answers }), {
    answers: [
      { question: 'Budget', answer: '250000' },
      { question: 'nom', answer: 'a, b' },
      { question: 'answers.2.question', answer: 'Étage' },
      { question: 'answers.2.answer', answer: '3' },
      { question: 'answers.2.id', answer: '7' },
      { question: 'answers.3', answer: 'sans question' },
    ],
  });
});

test('what is nested beyond five levels is kept as JSON text', () => {
  const body = { a: { b: { c: { d: { e: { f: 1 } } } } } };
  assert.deepEqual(readJsonLead(body), {
    answers: [{ question: 'a.b.c.d.e', answer: '{"f":1}' }],
  });
});

test('what is beyond two hundred members is kept as one JSON text', () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`q${index}`, index]));
  const flat = readJsonLead({ nom: 'Dupont', ...many });
  assert.equal(flat.nom, 'Dupont');
  assert.equal(flat.answers?.length, 200);
  assert.match(flat.answers?.at(-1)?.answer ?? '', /^\{"q199":199,.*"q249":249\}$/);
  const inner = readJsonLead({ many, nom: 'Dupont' });
  assert.deepEqual(inner, {
    nom: 'Dupont',
    answers: [{ question: 'autres réponses', answer: JSON.stringify({ many }) }],
  });
});

test('a hostile body becomes a draft that is not much larger than it', () => {
  const deep = `${'{"a":'.repeat(100_000)}[1,"mot",{"b":2}]${'}'.repeat(100_000)}`;
  assert.equal(readJsonLead(JSON.parse(deep)).answers?.[0]?.answer, '1, mot, 2');
  const long = 'n'.repeat(300_000);
  for (const body of [
    JSON.parse('{"__proto__": {"nom": "x"}, "constructor": 1, "toString": {"a": null}}'),
    { [long]: Object.fromEntries(Array.from({ length: 199 }, (_, index) => [index, 'x'])) },
    { a: { [long]: { b: 'x', c: 'y' } } },
    { [long.slice(0, 190)]: Array.from({ length: 100_000 }, () => ({ a: 1 })) },
  ]) {
    const size = JSON.stringify(readJsonLead(body)).length;
    assert.ok(size < 3 * JSON.stringify(body).length + 100);
  }
});

const marker = fc.integer({ min: 10_000, max: 99_999 }).map((number) => `mot${number}`);
const scalar = fc.oneof(marker, fc.integer({ min: 10_000, max: 99_999 }));
const someName = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('answers', 'question', ...fieldNames.map(([name]) => name)),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 8, withCrossShrink: true }, scalar, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc.dictionary(someName, tie('value'), { maxKeys: 6 }),
}));

test('every scalar of any JSON object is found again in its draft', () => {
  fc.assert(
    fc.property(fc.dictionary(someName, value, { maxKeys: 300 }), (body) => {
      const found = JSON.stringify(readJsonLead(body));
      // The values of the body: its names hold no such words.
      for (const [word] of JSON.stringify(body).matchAll(/mot\d{5}|\b\d{5}\b/g)) {
        assert.ok(found.includes(word), word);
      }
    }),
  );
});

test('any JSON object becomes a draft', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (body) => {
      const draft = readJsonLead(body);
      assert.deepEqual(JSON.parse(JSON.stringify(draft)), draft);
    }),
  );
});

// Forms

const urlEncoded = 'application/x-www-form-urlencoded';
const fieldsOf = (body: string | Buffer): Promise<FormField[]> =>
  readForm(Buffer.from(body), urlEncoded);

test('a form is read in order, in UTF-8 or Windows-1252, percent sequences or none', async () => {
  const cases: [body: string | Buffer, fields: [string, string][]][] = [
    [
      'nom=Dupont&nom=Martin&vide=&seul',
      [
        ['nom', 'Dupont'],
        ['nom', 'Martin'],
        ['vide', ''],
        ['seul', ''],
      ],
    ],
    ['pr%C3%A9nom=%C3%89lo%C3%AFse+Marie', [['prénom', 'Éloïse Marie']]],
    ['pr%E9nom=%C9lo%EFse%80', [['prénom', 'Éloïse€']]],
    ['prénom=Éloïse', [['prénom', 'Éloïse']]],
    [Buffer.from('prénom=Éloïse', 'latin1'), [['prénom', 'Éloïse']]],
    [
      'a=100%&b=%zz%4&c=%2B+%26=',
      [
        ['a', '100%'],
        ['b', '%zz%4'],
        ['c', '+ &='],
      ],
    ],
    ['&&a=1&', [['a', '1']]],
    ['', []],
  ];
  for (const [body, fields] of cases) {
    assert.deepEqual(
      await fieldsOf(body),
      fields.map(([name, text]) => ({ name, value: text })),
    );
  }
});

test('any bytes are a form, and what a browser sends is read as it was typed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      await fieldsOf(Buffer.from(bytes));
    }),
  );
  const text = fc.string({ unit: 'binary' }).map((typed) => typed.toWellFormed());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(text, text)), async (typed) => {
      const read = await fieldsOf(new URLSearchParams(typed).toString());
      assert.deepEqual(
        read.map(({ name, value: given }) => [name, given]),
        typed,
      );
    }),
  );
});

const multipart = 'multipart/form-data; boundary=X';
const part = (disposition: string, text: string): string =>
  `--X\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;

test('a multipart form is read, and of a file its name', async () => {
  const body = [
    part('name="nom"', 'Hérouville'),
    part('name="plan"; filename="plan été.pdf"', '%PDF'),
    part('name="photo"; filename=""', ''),
    '--X--\r\n',
  ].join('');
  const fields = await readForm(Buffer.from(body), multipart);
  assert.deepEqual(readFormLead(fields, 'website'), {
    nom: 'Hérouville',
    answers: [{ question: 'plan', answer: 'fichier joint non conservé : plan été.pdf' }],
  });
});

test('what is no form, and a broken one, is refused', async () => {
  const cases: [body: string, contentType: string | undefined][] = [
    ['nom=Dupont', undefined],
    ['nom=Dupont', ''],
    ['{}', 'application/json'],
    ['nom=Dupont', 'text/plain'],
    ['', 'multipart/form-data'],
    ['--Y--', multipart],
    [part('name="nom"', 'Dupont'), multipart],
    [`--X\r\nContent-Disposition: form-data\r\n\r\nx\r\n--X--`, multipart],
    ['x', 'multipart/form-data; boundary=é\n'],
  ];
  for (const [body, contentType] of cases) {
    await assert.rejects(
      readForm(Buffer.from(body), contentType),
      (error) => error instanceof Refusal && error.code === 'invalid_request',
      `${contentType}: ${body}`,
    );
  }
});

const form = (fields: Record<string, string>): FormField[] =>
  Object.entries(fields).map(([name, text]) => ({ name, value: text }));

test('the token of a form stays out of its lead, and so does an empty honeypot', () => {
  const fields = form({ token: 'secret', website: ' ', nom: 'Dupont', 'opt-in': 'on' });
  assert.deepEqual(readFormLead(fields, 'website'), { nom: 'Dupont', consent: true });
});

test('a honeypot that was filled in traps the lead and is kept as an answer', () => {
  const fields = form({ nom: 'Dupont', email: 'robot@email.com' });
  assert.deepEqual(readFormLead(fields, 'email'), {
    nom: 'Dupont',
    answers: [{ question: 'email', answer: 'robot@email.com' }],
    trapped: true,
  });
});

// Google

test('a lead of Google Ads is read, with its large ids whole and without its key', () => {
  const body = parseExactJson(`{
    "lead_id": "lead-1", "api_version": "1.0", "form_id": 40000000000000001,
    "campaign_id": 20000000000, "adgroup_id": 0, "creative_id": 5, "google_key": "secret",
    "is_test": true, "gcl_id": "EAIa", "lead_submit_time": "2026-11-23T08:00:00Z",
    "user_column_data": [
      {"column_name": "Full Name", "string_value": "Jean Dupont", "column_id": "FULL_NAME"},
      {"column_id": "EMAIL", "string_value": "jean@email.com"},
      {"column_id": "PHONE_NUMBER", "string_value": "+33612345678"},
      {"column_id": "WORK_PHONE", "column_name": "Work Phone", "string_value": "0142345678"},
      {"column_id": "POSTAL_CODE", "string_value": "34000"},
      {"column_id": "CITY", "string_value": ""},
      {"column_id": "budget_?", "column_name": "Quel budget ?", "string_value": "250 000"},
      {"column_id": "etage", "string_value": "3"},
      {"column_id": "EMAIL", "other_value": "x"}
    ]}`) as Record<string, unknown>;
  assert.deepEqual(readGoogleLead(body), {
    externalId: 'lead-1',
    gclid: 'EAIa',
    createdAt: '2026-11-23T08:00:00.000Z',
    test: true,
    nom_complet: 'Jean Dupont',
    email: 'jean@email.com',
    telephone: '+33612345678',
    code_postal: '34000',
    answers: [
      { question: 'Work Phone', answer: '0142345678' },
      { question: 'Quel budget ?', answer: '250 000' },
      { question: 'etage', answer: '3' },
      { question: 'user_column_data', answer: '{"column_id":"EMAIL","other_value":"x"}' },
    ],
    hints: ['40000000000000001', '20000000000'],
  });
});

test('any JSON object at the door of Google becomes a draft without its key', () => {
  const column = fc.record({ column_id: fc.jsonValue(), string_value: fc.jsonValue() });
  const body = fc.record(
    {
      lead_id: fc.jsonValue(),
      form_id: fc.jsonValue(),
      lead_submit_time: fc.jsonValue(),
      user_column_data: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(column, fc.jsonValue()))),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(body, (given) => {
      const draft = readGoogleLead({ ...given, google_key: 'kept-secret' });
      assert.doesNotMatch(JSON.stringify(draft), /kept-secret/);
    }),
  );
});

test('numbers that JavaScript can not hold are read as their text, all others as JSON.parse', () => {
  assert.deepEqual(
    parseExactJson('[23842978613670425, -9007199254740992, 9007199254740991, 1.10, 1e400, "7"]'),
    ['23842978613670425', '-9007199254740992', 9007199254740991, 1.1, '1e400', '7'],
  );
  assert.throws(() => parseExactJson('{"a":'), SyntaxError);
  assert.throws(() => parseExactJson('['.repeat(500_000) + ']'.repeat(500_000)), SyntaxError);
  const safe = fc.oneof(fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(safe, fc.string(), fc.boolean())), (given) => {
      const text = JSON.stringify(given);
      assert.deepEqual(parseExactJson(text), JSON.parse(text));
    }),
  );
});
