import assert from 'node:assert/strict';
import { test } from 'node:test';
import { correctionOf, suggestionsOf } from '../src/screens/quarantine/suggestions.ts';

const programmes = [
  { id: 145, nom: "Les Jardins de l'Aube", label: 'the first' },
  { id: 146, nom: "Les Jardins de l'Aube", label: 'the second' },
  { id: 12, nom: 'Bastide', label: 'Bastide' },
];
const unknown = (suggestion: string | null) => ({ code: 'unknown_programme', suggestion }) as const;
const corrections = (...reasons: Parameters<typeof suggestionsOf>[0]) =>
  suggestionsOf(reasons, programmes).map(correctionOf);

test('a likely programme and a likely address are taken over together', () => {
  assert.deepEqual(
    corrections(unknown("Peut-être « Les Jardins de l'Aube » (145)"), {
      code: 'email_doubtful',
      suggestion: 'Peut-être zoe@gmail.com ?',
    }),
    [{ programmeId: 145, email: 'zoe@gmail.com' }],
  );
});

test('programmes of one name are a suggestion each', () => {
  const several =
    "Plusieurs programmes portent ce nom : « Les Jardins de l'Aube » (145), « Les Jardins de l'Aube » (146)";
  assert.deepEqual(corrections(unknown(several)), [{ programmeId: 145 }, { programmeId: 146 }]);
});

test('what a sender typed is never taken for a suggestion', () => {
  const typed = 'Associer « Bastide » (12) » à un programme : relais source map site';
  assert.deepEqual(corrections(unknown(typed)), []);
  assert.deepEqual(corrections(unknown('Peut-être « Autre » (99)'), unknown(null)), []);
  const spoken = { code: 'telephone_unreadable', suggestion: 'Il manque un chiffre.' } as const;
  assert.deepEqual(corrections(spoken), []);
});
