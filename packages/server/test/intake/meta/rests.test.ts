import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRests } from '../../../src/intake/meta/rests.ts';

test('a rest is over in time, and a shorter one does not end it', () => {
  let time = 1_000;
  const rests = createRests(() => time);
  assert.equal(rests.left('a'), 0);
  rests.rest('a', 60);
  rests.rest('a', 5);
  assert.deepEqual([rests.left('a'), rests.left('b')], [60, 0]);
  time += 59_999;
  assert.equal(rests.left('a'), 1);
  time += 1;
  assert.equal(rests.left('a'), 0);
});
