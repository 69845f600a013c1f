import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf, daysOf, instantsOf, periodText, periodWords } from '../src/lib/period.ts';

// Nearly midnight in Paris, and the day before or after in many browsers.
const now = new Date('2026-11-23T22:59:00Z');

test('the usual periods end with today', () => {
  const from = {
    today: '2026-11-23',
    '7d': '2026-11-17',
    '30d': '2026-10-25',
    month: '2026-11-01',
  };
  for (const word of periodWords) {
    assert.deepEqual(daysOf(word, now), { from: from[word], to: '2026-11-23' }, word);
  }
});

test('two days of a calendar are a period, and the last one counts whole', () => {
  const { from, to } = instantsOf('2026-11-01..2026-11-30', now);
  assert.equal(from, '2026-10-31T23:00:00.000Z');
  assert.equal(to, '2026-11-30T23:00:00.000Z');
  // The clocks change on the 29th of March and on the 25th of October.
  assert.deepEqual(instantsOf('2026-03-29..2026-10-25', now), {
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-10-25T23:00:00.000Z',
  });
});

test('what is no period filters nothing', () => {
  for (const text of ['', 'yesterday', '2026-02-30..2026-03-01', '2026-11-30..2026-11-01', '..']) {
    assert.equal(daysOf(text, now), undefined, text);
    assert.deepEqual(instantsOf(text, now), {});
  }
});

test('a period that was picked is read as it was written', () => {
  const day = fc.date({ min: new Date(2000, 0), max: new Date(2100, 0), noInvalidDate: true });
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from = '', to = ''] = [dayOf(one), dayOf(other)].sort();
      assert.deepEqual(daysOf(periodText({ from, to })), { from, to });
    }),
  );
});
