import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { campaignFields, type LeadDraft, personFields } from '../../src/intake/leadDraft.ts';
import { cleanText } from '../../src/intake/normalise/text.ts';
import { normalise } from '../../src/intake/normalise.ts';

const nobody = Object.fromEntries(personFields.map((field) => [field, null]));
const noCampaign = Object.fromEntries(campaignFields.map((field) => [field, null]));
const now = new Date('2026-11-23T12:00:00Z');
const codes = (draft: LeadDraft) => normalise(draft, now).flags.map(({ code }) => code);

test('a lead is brought into one form', () => {
  const draft: LeadDraft = {
    externalId: ' form-1045 ',
    nom: ' Dupont',
    prenom: 'Jean',
    telephone: '06 12 34 56 78',
    email: 'Jean@Email.com ',
    programme: 'Les Jardins de l\u2019Aube',
    hints: ['40000000000', ' '],
    commentaire: 'Je souhaite visiter.\r\nMerci.',
    answers: [{ question: 'Budget', answer: '250 000 €' }],
    consent: true,
    createdAt: '2026-11-23T08:00:00.000Z',
    utm_source: 'google',
  };
  assert.deepEqual(normalise(draft, now), {
    person: {
      ...nobody,
      nom: 'Dupont',
      prenom: 'Jean',
      telephone: '+33612345678',
      email: 'Jean@Email.com',
    },
    telephone: '+33612345678',
    email: 'jean@email.com',
    commentaire: 'Je souhaite visiter.\nMerci.\n\nBudget : 250 000 €',
    campaign: { ...noCampaign, utm_source: 'google' },
    externalId: 'form-1045',
    source_reference: 'form-1045',
    programme: 'Les Jardins de l\u2019Aube',
    otherProgrammes: [],
    hints: ['40000000000'],
    consent: true,
    createdAt: new Date('2026-11-23T08:00:00Z'),
    test: false,
    trapped: false,
    unfetched: false,
    flags: [],
  });
});

test('of an empty draft nothing is known', () => {
  assert.deepEqual(normalise({}), {
    person: nobody,
    telephone: undefined,
    email: undefined,
    commentaire: null,
    campaign: noCampaign,
    externalId: undefined,
    source_reference: null,
    programme: undefined,
    otherProgrammes: [],
    hints: [],
    consent: undefined,
    createdAt: undefined,
    test: false,
    trapped: false,
    unfetched: false,
    flags: [],
  });
});

test('what can not be read is kept as typed, flagged, and matches nobody', () => {
  const lead = normalise({ telephone: ' 06 12 34 56 7 ', email: 'jean@gmail,com' });
  assert.equal(lead.person.telephone, '06 12 34 56 7');
  assert.equal(lead.person.email, 'jean@gmail,com');
  assert.equal(lead.telephone ?? lead.email, undefined);
  assert.deepEqual(lead.flags, [
    { code: 'telephone_unreadable', suggestion: 'Il manque un chiffre.' },
    { code: 'email_unreadable', suggestion: 'Peut-être jean@gmail.com ?' },
  ]);
});

test('an address that looks mistyped is flagged and still a key', () => {
  const lead = normalise({ email: 'jean@gmial.com' });
  assert.equal(lead.email, 'jean@gmial.com');
  assert.deepEqual(lead.flags, [
    { code: 'email_doubtful', suggestion: 'Peut-être jean@gmail.com ?' },
  ]);
});

test('the country of the person helps to read the telephone', () => {
  assert.equal(
    normalise({ telephone: '0475 12 34 56', pays: 'Belgique' }).telephone,
    '+32475123456',
  );
});

test('what was typed beside the telephone number is in the commentaire', () => {
  const lead = normalise({
    telephone: '06 12 34 56 78 après 18h',
    commentaire: 'Bonjour',
    answers: [{ question: 'Budget', answer: '200' }],
  });
  assert.equal(lead.person.telephone, '+33612345678');
  assert.equal(lead.commentaire, 'Bonjour\n\nBudget : 200\nTéléphone : 06 12 34 56 78 après 18h');
});

test('an e-mail address that stands among other words is given alone, and what was typed is told', () => {
  const lead = normalise({ email: 'Jean Dupont <Jean@Email.com>' });
  assert.equal(lead.person.email, 'Jean@Email.com');
  assert.equal(lead.email, 'jean@email.com');
  assert.equal(lead.commentaire, 'E-mail : Jean Dupont <Jean@Email.com>');
  const alone = normalise({ email: ' <Jean@Email.com>, ' });
  assert.deepEqual([alone.person.email, alone.commentaire], ['Jean@Email.com', null]);
});

test('a canvassing number is flagged', () => {
  assert.deepEqual(codes({ telephone: '0162 34 56 78' }), ['canvassing_number']);
});

test('characters that no text may hold are replaced and flagged once, wherever they are', () => {
  for (const bad of ['\0', '\ud800', '\u0007', '\u009f', '\u007f']) {
    for (const draft of [
      { nom: `a${bad}b`, ville: `c${bad}d` },
      { answers: [{ question: `a${bad}b`, answer: 'c' }] },
      { externalId: `a${bad}b` },
      { hints: [`a${bad}b`] },
      { utm_term: `a${bad}b` },
    ]) {
      const lead = normalise(draft);
      assert.deepEqual(
        lead.flags.filter(({ code }) => code === 'text_cleaned'),
        [{ code: 'text_cleaned' }],
      );
      assert.ok(JSON.stringify(lead).includes('a\ufffdb'));
    }
  }
});

test('what is too long for a contact is cut, and flagged once', () => {
  const lead = normalise({
    nom: 'n'.repeat(1_001),
    utm_term: 'u'.repeat(1_000),
    commentaire: 'c'.repeat(9_999),
    answers: [{ question: 'Budget', answer: '🏡' }],
    externalId: 'e'.repeat(1_100),
  });
  assert.equal(lead.person.nom, `${'n'.repeat(999)}…`);
  assert.equal(lead.campaign.utm_term, 'u'.repeat(1_000));
  assert.equal(lead.commentaire, `${'c'.repeat(9_999)}…`);
  assert.equal(lead.source_reference?.length, 1_000);
  assert.equal(normalise({ nom: `${'n'.repeat(998)}🏡🏡` }).person.nom, `${'n'.repeat(998)}…`);
  assert.deepEqual(
    lead.flags.filter(({ code }) => code === 'text_cut'),
    [{ code: 'text_cut' }],
  );
  assert.ok(!codes({ nom: 'n'.repeat(1_000) }).includes('text_cut'));
});

test('marks of a letter that no language has are left out', () => {
  const lead = normalise({ nom: `e${'\u0327'.repeat(1_000)}x` });
  assert.equal(lead.person.nom, `\u0229${'\u0327'.repeat(29)}x`);
  assert.ok(lead.flags.some(({ code }) => code === 'text_cleaned'));
});

test('texts are NFC and trimmed, and keep case, tabs, line ends, emoji and direction', () => {
  const cases: [typed: string, text: string][] = [
    ['E\u0301loi\u0308se', 'Éloïse'],
    ['\u00a0\u200b\ufeff a\tb\r\nc\rd\n\u2003', 'a\tb\nc\nd'],
    ['D’HÉROUVILLE-Çelik 🏡', 'D’HÉROUVILLE-Çelik 🏡'],
    ['\u202bمرحبا\u202c', '\u202bمرحبا\u202c'],
    ['\u0085', ''],
    [' \ufeff ', ''],
  ];
  for (const [typed, text] of cases) assert.deepEqual(cleanText(typed), { text, cleaned: false });
});

test('any text becomes one that is well-formed and that cleaning does not change', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const { text } = cleanText(typed);
      assert.ok(text.isWellFormed() && !text.includes('\0'));
      assert.deepEqual(cleanText(text), { text, cleaned: false });
    }),
    { numRuns: 1000 },
  );
});

test('an id of more than 255 characters ends in its hash, and the reference keeps it whole', () => {
  const long = '🏡'.repeat(300);
  const lead = normalise({ externalId: long });
  assert.equal(Array.from(lead.externalId ?? '').length, 255);
  assert.match(lead.externalId ?? '', /^🏡{190}…[0-9a-f]{64}$/u);
  assert.equal(lead.source_reference, long);
  assert.notEqual(lead.externalId, normalise({ externalId: `${long}.` }).externalId);
  assert.equal(normalise({ externalId: 'a'.repeat(255) }).externalId, 'a'.repeat(255));
});

test('a date that is not credible is a line of the commentaire', () => {
  for (const createdAt of ['1999-12-31T23:59:59Z', '2026-11-24T12:00:01Z', 'demain', '1']) {
    const lead = normalise({ createdAt }, now);
    assert.equal(lead.createdAt, undefined);
    assert.equal(lead.commentaire, `Date : ${createdAt}`);
  }
  const tomorrow = new Date('2026-11-24T12:00:00.000Z');
  assert.deepEqual(normalise({ createdAt: tomorrow.toISOString() }, now).createdAt, tomorrow);
});

test('every word of a draft is found again, whatever its field', () => {
  const texts = fc.array(
    fc.integer({ min: 10_000, max: 99_999 }).map((number) => `mot${number}`),
    { minLength: 1, maxLength: 3 },
  );
  const words = texts.map((list) => list.join(' '));
  const draft = fc.record(
    {
      ...Object.fromEntries([...personFields, ...campaignFields].map((field) => [field, words])),
      nom_complet: words,
      externalId: words,
      programme: words,
      commentaire: words,
      createdAt: words,
      hints: fc.array(words),
      answers: fc.array(fc.record({ question: words, answer: words })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(draft, (given) => {
      const found = JSON.stringify(normalise(given));
      for (const [word] of JSON.stringify(given).matchAll(/mot\d+/g)) {
        assert.ok(found.includes(word), word);
      }
    }),
  );
});

test('any texts are normalised, however hostile and long', () => {
  const text = fc.string({ unit: 'binary' });
  const draft = fc.record(
    {
      ...Object.fromEntries([...personFields, ...campaignFields].map((field) => [field, text])),
      nom_complet: text,
      externalId: text,
      createdAt: text,
      answers: fc.array(fc.record({ question: text, answer: text })),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(draft, (given) => assert.ok(JSON.stringify(normalise(given)).isWellFormed())),
  );
  for (const part of [' ', '\r', 'A ', 'a, ', '\u0301', '0 ', '@', '.', 'M. ', '\ud800']) {
    const long = `x${part.repeat(300_000)}x`;
    normalise({
      ...{ nom: long, prenom: long, nom_complet: long, telephone: long, email: long, pays: long },
      ...{ createdAt: long, commentaire: long, externalId: long, programme: long },
    });
  }
});
