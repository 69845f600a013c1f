import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readRetryAfter, retryDelay, wait } from '../src/retry.ts';

test('waits grow, have a bound, and are spread from nothing on', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failed, random) => {
        const delay = retryDelay(failed, undefined, random);
        assert.ok(delay >= 0 && delay <= Math.min(8000, 500 * 2 ** (failed - 1)));
      },
    ),
  );
  assert.equal(retryDelay(1, undefined, 0), 0);
  assert.equal(retryDelay(3, undefined, 1), 2000);
  assert.equal(retryDelay(20, undefined, 1), 8000);
});

test('a wait is never shorter than the server asks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 600 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seconds, random) => {
        const delay = retryDelay(5, seconds, random);
        assert.ok(delay >= seconds * 1000 && delay <= seconds * 1000 + 1000);
      },
    ),
  );
});

test('Retry-After is read as seconds or as a date', () => {
  const now = Date.parse('2026-11-23T08:00:00Z');
  assert.equal(readRetryAfter('7', now), 7);
  assert.equal(readRetryAfter('Mon, 23 Nov 2026 08:00:30 GMT', now), 30);
  assert.equal(readRetryAfter('Mon, 23 Nov 2026 07:00:00 GMT', now), 0);
  assert.equal(readRetryAfter('soon', now), undefined);
  assert.equal(readRetryAfter(null, now), undefined);
});

test('a wait ends at once when it is aborted, before or meanwhile', async () => {
  const stop = new AbortController();
  const waiting = wait(3_600_000, stop.signal);
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await assert.rejects(wait(3_600_000, stop.signal), /enough/);
});
