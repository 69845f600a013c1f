import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byNom } from '../src/lib/byNom.ts';

test('names are in the order in which a French reader looks them up', () => {
  const names = [
    'Var',
    'Tranche 10',
    'Isère',
    'Île-de-France',
    'Tranche 9',
    'Cœur de Ville',
    'Code',
  ];
  assert.deepEqual(
    names
      .map((nom) => ({ nom }))
      .toSorted(byNom)
      .map(({ nom }) => nom),
    ['Code', 'Cœur de Ville', 'Île-de-France', 'Isère', 'Tranche 9', 'Tranche 10', 'Var'],
  );
});
