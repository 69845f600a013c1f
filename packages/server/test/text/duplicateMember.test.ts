import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duplicateMember } from '../../src/text/duplicateMember.ts';

test('a member given twice is named at any depth, and nothing else is', () => {
  const cases: [text: string, name: string | undefined][] = [
    ['{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}', undefined],
    ['{"a":1,"\\u0061":2}', 'a'],
    ['[{"x":{"y":[{"z":1,"z":2}]}}]', 'z'],
    ['{"a":"b","c":"a","d":"{\\"a\\":1,\\"a\\":2}"}', undefined],
    ['{"":1,"":2}', ''],
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"a":["a","a"],"b":"b"}', undefined],
    ['{"a":{},"b":[],"a":null}', 'a'],
  ];
  for (const [text, name] of cases) assert.equal(duplicateMember(text), name, text);
});
