import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { draftOf } from '../../src/intake/draftOf.ts';
import { type DraftField, fieldNames, fieldOf, fold } from '../../src/intake/fields.ts';
import { readDate } from '../../src/intake/values.ts';

test('no name stands for two fields, and every name is folded', () => {
  const names = fieldNames.map(([name]) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  assert.deepEqual(names.map(fold), names);
});

const known: Partial<Record<DraftField, string[]>> = {
  telephone: [
    ...['Téléphone', 'phone_number', 'PHONE_NUMBER', 'N° de téléphone', 'Nº téléphone'],
    ...['N° de tél.', 'Numéro de tél.', 'N° mobile', 'Tél. domicile', 'Tél. pro'],
    ...['Téléphone 2', 'Tél. 2', 'Autre téléphone', 'tel-451', 'votre-tel-2'],
  ],
  nom: ['Nom', 'LAST_NAME', 'Nom de famille', 'prospect_nom', 'your-last-name'],
  prenom: ['Prénom', 'Pre\u0301nom *', 'first_name', 'FIRST_NAME', 'prospect.prenom'],
  nom_complet: ['full_name', 'Nom complet', 'Nom & prénom', 'your-name', 'contact[name]'],
  email: [
    'E-mail',
    'Courriel',
    'Adresse e-mail',
    'WORK_EMAIL',
    'contact[email]',
    'E-mail 2',
    'email-129',
  ],
  code_postal: ['CP', 'zip', 'post_code', 'POSTAL_CODE', 'Code postal'],
  ville: ['Ville', 'city', 'CITY'],
  adresse: ['Adresse', 'STREET_ADDRESS'],
  pays: ['Pays', 'COUNTRY'],
  programme: ['programme', 'Résidence', 'Votre programme'],
  commentaire: ['message', 'Commentaire', 'your-message', 'Votre message :'],
  externalId: ['externalId', 'lead_id', 'id'],
  utm_source: ['utm_source', 'UTM Source', 'utm.source'],
  gclid: ['gclid', 'gcl_id'],
  consent: ['consent', 'Consentement', 'RGPD', 'opt-in', 'J’accepte d’être rappelé(e)'],
  createdAt: ['date', 'created_time', 'lead_submit_time', 'Date de création', 'Horodatage'],
  test: ['test', 'is_test'],
};

for (const [field, names] of Object.entries(known)) {
  test(`${names.join(', ')} are known as ${field}`, () => {
    assert.deepEqual(names.map(fieldOf), Array(names.length).fill(field));
  });
}

test('an id that is not the lead’s own, and what only looks like a field, are none', () => {
  for (const name of [
    ...['client_id', 'contact id', 'form_id', 'user_id', 'reference', 'adresse 2', 'name of pet'],
    ...['text-451', 'nom2'],
    ...['', '*', '__proto__', 'constructor', 'toString', `nom${' '.repeat(1_000_000)}`],
  ]) {
    assert.equal(fieldOf(name), undefined, name.slice(0, 20));
  }
});

test('a draft holds each named text under its field, as typed', () => {
  assert.deepEqual(
    draftOf([
      ['Nom', ' Dupont '],
      ['Tél. mobile', '06 12 34 56 78'],
      ['Ville', ' \u200b'],
      ['Budget', '250 000 €'],
      ['colonne 7', 'Aube', 'programme'],
      ['nom', 'choix', 'answer'],
    ]),
    {
      nom: ' Dupont ',
      telephone: '06 12 34 56 78',
      programme: 'Aube',
      answers: [
        { question: 'Budget', answer: '250 000 €' },
        { question: 'nom', answer: 'choix' },
      ],
    },
  );
});

test('a lead of the testing tool of Meta is a trial, whichever way it comes', () => {
  for (const [name, value] of [
    ['full_name', '<test lead: dummy data for full_name>'],
    ['quel_est_votre_projet_?', '<test lead: dummy data for quel_est_votre_projet_?>'],
    ['email', 'test@meta.com'],
    ['E-mail', ' test@fb.com'],
  ] as const) {
    assert.equal(draftOf([[name, value]]).test, true, value);
  }
  assert.equal(draftOf([['full_name', 'Test Lead']]).test, undefined);
});

test('of a field that comes twice the first value stays, and another one becomes an answer', () => {
  assert.deepEqual(
    draftOf([
      ['Téléphone', ''],
      ['Mobile', '0612345678'],
      ['Portable', ' 0612345678 '],
      ['Téléphone fixe', '0142345678'],
    ]),
    {
      telephone: '0612345678',
      answers: [{ question: 'Téléphone fixe', answer: '0142345678' }],
    },
  );
});

test('several commentaires are one, apart by a blank line', () => {
  const draft = draftOf([
    ['Message', 'Bonjour'],
    ['Commentaire', 'Rappeler le soir'],
  ]);
  assert.deepEqual(draft, { commentaire: 'Bonjour\n\nRappeler le soir' });
});

test('consent is read from the usual words, and from no other', () => {
  for (const word of ['oui', 'Yes', 'TRUE', 'VRAI', '1', 'on', ' x ', 'checked']) {
    assert.deepEqual(draftOf([['consent', word]]), { consent: true }, word);
  }
  for (const word of ['non', 'No', 'false', 'FAUX', '0', 'off']) {
    assert.deepEqual(draftOf([['consent', word]]), { consent: false }, word);
  }
  assert.deepEqual(draftOf([['RGPD', 'peut-être']]), {
    answers: [{ question: 'RGPD', answer: 'peut-être' }],
  });
  assert.deepEqual(draftOf([['consent', '']]), {});
});

test('one no outweighs every yes, and all are kept', () => {
  for (const [rgpd, optin] of [
    ['oui', 'non'],
    ['non', 'oui'],
  ] as const) {
    assert.deepEqual(
      draftOf([
        ['rgpd', rgpd],
        ['opt-in', optin],
      ]),
      {
        consent: false,
        answers: [
          { question: 'rgpd', answer: rgpd },
          { question: 'opt-in', answer: optin },
        ],
      },
    );
  }
});

const dates: [typed: string, read: string | undefined][] = [
  ['2026-11-23T08:00:00Z', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23T08:00:00+0000', '2026-11-23T08:00:00.000Z'],
  ['2026-11-23T08:00:00.123456-05:30', '2026-11-23T13:30:00.123Z'],
  ['2026-11-23 08:00', '2026-11-23T07:00:00.000Z'],
  ['2026-07-23', '2026-07-22T22:00:00.000Z'],
  ['23/11/2026', '2026-11-22T23:00:00.000Z'],
  ['3/7/2026 9:30', '2026-07-03T07:30:00.000Z'],
  ['23/11/26', '2026-11-22T23:00:00.000Z'],
  ['23/11/26 09:30', '2026-11-23T08:30:00.000Z'],
  ['23/11/2026 à 09h30', '2026-11-23T08:30:00.000Z'],
  ['23/11/2026 09:30:15', '2026-11-23T08:30:15.000Z'],
  // The hour that comes twice, and the one that never does.
  ['25/10/2026 02:30', '2026-10-25T01:30:00.000Z'],
  ['29/03/2026 02:30', '2026-03-29T01:30:00.000Z'],
  ['11/23/2026', undefined],
  ['31/02/2026', undefined],
  ['26-11-23', undefined],
  ['2026-11-23T25:00:00Z', undefined],
  ['1', undefined],
  ['0001-01-01', undefined],
  ['demain', undefined],
];

for (const [typed, read] of dates) {
  test(`the date ${typed} is ${read ?? 'unreadable, and becomes an answer'}`, () => {
    assert.equal(readDate(typed), read);
    assert.deepEqual(
      draftOf([['date', typed]]),
      read ? { createdAt: read } : { answers: [{ question: 'date', answer: typed }] },
    );
  });
}

test('what is not blank is found again in the draft, whatever it is named', () => {
  const name = fc.oneof(fc.string(), fc.constantFrom(...fieldNames.map(([known]) => known)));
  const marker = fc.integer({ min: 100, max: 999 }).map((number) => `mot${number}`);
  fc.assert(
    fc.property(fc.array(fc.tuple(name, marker)), (entries) => {
      const found = JSON.stringify(draftOf(entries));
      for (const [, value] of entries) assert.ok(found.includes(value));
    }),
  );
});
