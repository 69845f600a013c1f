import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GraphError } from '../../../src/intake/meta/graphError.ts';
import { nextAttempt, problemOf } from '../../../src/intake/meta/retry.ts';

const HOUR = 3_600;
const first = { attempts: 0, age: 0, chance: 0.5 };

test('a passing failure is tried again ever later, up to an hour', () => {
  const passing = new GraphError('passing');
  const waits = [0, 1, 2, 3, 4, 5, 99].map((attempts) =>
    nextAttempt(passing, { ...first, attempts }),
  );
  assert.deepEqual(waits, [5, 30, 120, 600, 1_800, HOUR, HOUR]);
  const spread = [0, 1].map((chance) => nextAttempt(passing, { ...first, attempts: 9, chance }));
  assert.deepEqual(spread, [3_000, 4_200]);
});

test('what could not be stored is tried again like what could not be fetched', () => {
  assert.equal(nextAttempt(new Error('a lost connection'), first), 5);
});

test('a lead that can not be had is given up after 36 hours', () => {
  for (const failure of [new GraphError('passing'), new GraphError('denied'), new Error()]) {
    assert.equal(typeof nextAttempt(failure, { ...first, age: 36 * HOUR - 1 }), 'number');
    assert.equal(nextAttempt(failure, { ...first, age: 36 * HOUR }), undefined);
  }
});

test('a lead that is not there is asked for three times', () => {
  const gone = new GraphError('gone', { code: 100, subcode: 33 });
  const waits = [0, 1, 2, 3].map((attempts) => nextAttempt(gone, { ...first, attempts }));
  assert.deepEqual(waits, [30, 600, undefined, undefined]);
});

test('a limit is waited for as long as Meta says, and never costs a lead', () => {
  const late = { attempts: 50, age: 99 * HOUR, chance: 0 };
  assert.equal(nextAttempt(new GraphError('limited', { retryAfter: 1_140 }), late), 1_140);
  assert.equal(nextAttempt(new GraphError('limited'), late), 300);
});

test('a denial is tried again every quarter of an hour', () => {
  const denied = new GraphError('denied', { code: 190 });
  assert.equal(nextAttempt(denied, { ...first, attempts: 40, age: HOUR }), 900);
});

test('a problem is told by its kind and codes alone', () => {
  assert.equal(
    problemOf(new GraphError('denied', { code: 190, subcode: 463 })),
    'denied (190/463)',
  );
  assert.equal(problemOf(new GraphError('passing', { code: 2 })), 'passing (2)');
  assert.equal(problemOf(new GraphError('gone')), 'gone');
  assert.equal(problemOf(new Error('jean@email.com')), 'not stored');
});
