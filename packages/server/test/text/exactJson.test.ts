import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseExactJson } from '../../src/text/exactJson.ts';

test('numbers that JavaScript can not hold are read as their text, all others as JSON.parse', () => {
  assert.deepEqual(
    parseExactJson('[23842978613670425, -9007199254740992, 9007199254740991, 1.10, 1e400, "7"]'),
    ['23842978613670425', '-9007199254740992', 9007199254740991, 1.1, '1e400', '7'],
  );
  assert.throws(() => parseExactJson('{"a":'), SyntaxError);
  assert.throws(() => parseExactJson('['.repeat(500_000) + ']'.repeat(500_000)), SyntaxError);
  const safe = fc.oneof(fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(safe, fc.string(), fc.boolean())), (given) => {
      const text = JSON.stringify(given);
      assert.deepEqual(parseExactJson(text), JSON.parse(text));
    }),
  );
});
