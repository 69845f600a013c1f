import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, localOf } from '../src/lib/localTime.ts';

test('a time that is shown in a form and given back is the same minute, on either side of a change of clocks', () => {
  for (const at of ['2026-01-15T08:30:00.000Z', '2026-07-15T22:45:00.000Z']) {
    assert.match(localOf(at), /^2026-0[17]-1\dT\d\d:\d\d$/);
    assert.equal(instantOf(localOf(at)), at);
  }
});

test('no time is an empty field, and an empty field is no time', () => {
  assert.equal(localOf(null), '');
  assert.equal(instantOf(''), null);
});
