import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleLead } from '@relais/contract';
import fc from 'fast-check';
import { readJsonLead } from '../../../src/intake/channels/json.ts';
import { fieldNames } from '../../../src/intake/fields.ts';

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
