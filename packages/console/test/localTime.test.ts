import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, isTime, localOf } from '../src/lib/localTime.ts';

test('a time that is shown in a form is that of Paris, and given back the same minute', () => {
  for (const [at, local] of [
    ['2026-01-15T08:30:00.000Z', '2026-01-15T09:30'],
    ['2026-07-15T22:45:00.000Z', '2026-07-16T00:45'],
    // The last minutes before a change of clocks, and the first after it.
    ['2026-03-29T00:59:00.000Z', '2026-03-29T01:59'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29T03:00'],
    ['2026-10-24T23:59:00.000Z', '2026-10-25T01:59'],
    ['2026-10-25T02:00:00.000Z', '2026-10-25T03:00'],
  ] as const) {
    assert.equal(localOf(at), local);
    assert.equal(instantOf(local), at);
  }
});

test('an hour that is skipped in March is the next, and one that comes twice is the later', () => {
  assert.equal(instantOf('2026-03-29T02:30'), '2026-03-29T01:30:00.000Z');
  assert.equal(instantOf('2026-10-25T02:30'), '2026-10-25T01:30:00.000Z');
});

test('a text that is no time is told as one', () => {
  assert.ok(isTime('2026-11-23T09:00'));
  assert.ok(!isTime('2026-13-01T09:00'));
});

test('no time is an empty field, and an empty field is no time', () => {
  assert.equal(localOf(null), '');
  assert.equal(instantOf(''), null);
});
