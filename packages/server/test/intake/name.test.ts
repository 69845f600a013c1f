import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LeadDraft } from '../../src/intake/leadDraft.ts';
import { splitName } from '../../src/intake/normalise/name.ts';
import { normalise } from '../../src/intake/normalise.ts';

const names: [full: string, parts: ReturnType<typeof splitName>][] = [
  ['Jean Dupont', { prenom: 'Jean', nom: 'Dupont' }],
  ['DUPONT Jean', { prenom: 'Jean', nom: 'DUPONT' }],
  ['Jean DUPONT', { prenom: 'Jean', nom: 'DUPONT' }],
  ['JEAN DUPONT', { prenom: 'JEAN', nom: 'DUPONT' }],
  ['Jean-Pierre  DE LA TOUR', { prenom: 'Jean-Pierre', nom: 'DE LA TOUR' }],
  ["D'HÉROUVILLE Éloïse", { prenom: 'Éloïse', nom: "D'HÉROUVILLE" }],
  ['J. DUPONT', { prenom: 'J.', nom: 'DUPONT' }],
  ['Marie Le Goff', { prenom: 'Marie', nom: 'Le Goff' }],
  ['Dupont, Jean', { prenom: 'Jean', nom: 'Dupont' }],
  ['Dupont', { nom: 'Dupont' }],
  ['M. Jean Dupont', { civilite: 'M.', prenom: 'Jean', nom: 'Dupont' }],
  ['monsieur DUPONT Jean', { civilite: 'M.', prenom: 'Jean', nom: 'DUPONT' }],
  ['Mme Dupont', { civilite: 'Mme', nom: 'Dupont' }],
  ['Mrs Jane Doe', { civilite: 'Mme', prenom: 'Jane', nom: 'Doe' }],
  ['M. et Mme Dupont', { nom: 'M. et Mme Dupont' }],
  ['M', { nom: 'M' }],
  ['', {}],
];

for (const [full, parts] of names) {
  test(`the full name "${full}" is taken apart`, () => {
    assert.deepEqual(splitName(full), parts);
  });
}

test('a full name completes the parts that are known and never replaces them', () => {
  const cases: [draft: LeadDraft, told: (string | null)[]][] = [
    [{ nom_complet: 'Mme Jeanne Dupont' }, ['Mme', 'Jeanne', 'Dupont', null]],
    [{ nom_complet: 'Jean Dupont', prenom: 'jean' }, [null, 'jean', 'Dupont', null]],
    [{ nom_complet: 'Dupont', prenom: 'Jean' }, [null, 'Jean', 'Dupont', null]],
    [{ nom_complet: 'M. Jean DUPONT', nom: 'Dupont' }, ['M.', 'Jean', 'Dupont', null]],
    [{ nom_complet: 'Jean Dupont', nom: 'Dupont', prenom: 'Jean' }, [null, 'Jean', 'Dupont', null]],
    [
      { nom_complet: 'Marie Martin', nom: 'Dupont', prenom: 'Jean' },
      [null, 'Jean', 'Dupont', 'Nom complet : Marie Martin'],
    ],
    [
      { nom_complet: 'M. Dupont', civilite: 'Mme' },
      ['Mme', null, 'Dupont', 'Nom complet : M. Dupont'],
    ],
  ];
  for (const [draft, told] of cases) {
    const { person, commentaire } = normalise(draft);
    assert.deepEqual([person.civilite, person.prenom, person.nom, commentaire], told);
  }
});
