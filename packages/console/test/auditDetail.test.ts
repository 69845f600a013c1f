import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detailLines } from '../src/screens/audit/detailLines.ts';

test('what was and what is stand in one line, and what has not changed is left out', () => {
  const detail = { before: { nom: 'A', ville: 'Sète' }, after: { nom: 'B', ville: 'Sète' } };
  assert.deepEqual(detailLines(detail), [{ name: 'nom', values: ['A', 'B'] }]);
  assert.deepEqual(detailLines({ before: 'A', after: 'B' }), [
    { name: 'after', values: ['A', 'B'] },
  ]);
});

test('an object inside is told member by member, in order', () => {
  assert.deepEqual(detailLines({ reason: 'x', add: { 'Les Jardins': 145 }, remove: [] }), [
    { name: 'reason', values: ['x'] },
    { name: 'add.Les Jardins', values: [145] },
    { name: 'remove', values: [[]] },
  ]);
});
