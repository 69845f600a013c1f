import assert from 'node:assert/strict';
import { test } from 'node:test';
import { programmeOptions } from '../src/lib/programmeOptions.ts';

test('programmes of one name, letter case and accents aside, say where they are and their number', () => {
  const regions = [
    { id: 30, nom: 'Occitanie' },
    { id: 62, nom: "Côte d'Azur" },
  ];
  const options = programmeOptions(
    [
      { id: 1, nom: 'Villa', ville: 'Nice', region_id: 62 },
      { id: 3, nom: 'Le Clos', ville: 'Nice', region_id: 62 },
      { id: 2, nom: 'LE CLÔS', ville: null, region_id: 30 },
      { id: 4, nom: 'Le Clos', ville: 'Nice', region_id: 62 },
    ],
    regions,
  );
  assert.deepEqual(
    options.map(({ label }) => label),
    [
      "Le Clos · Nice, Côte d'Azur (3)",
      "Le Clos · Nice, Côte d'Azur (4)",
      'LE CLÔS · Occitanie (2)',
      'Villa',
    ],
  );
});
