import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typeset } from '../src/texts/typeset.ts';

test('French texts break no line before a mark that stands apart, nor inside guillemets', () => {
  const texts = typeset({
    title: 'Effacer la personne n° 12 ?',
    why: (reason: string, at: number) => ({ text: `« ${reason} » : ${at} fois ; fini !`, at }),
    list: ['rien', 'Oui : non'],
    none: null,
  });
  assert.equal(texts.title, 'Effacer la personne n°\u00a012\u00a0?');
  assert.deepEqual(texts.why('un deux', 3), {
    text: '«\u00a0un deux\u00a0»\u00a0: 3 fois\u00a0; fini\u00a0!',
    at: 3,
  });
  assert.deepEqual([texts.list, texts.none], [['rien', 'Oui\u00a0: non'], null]);
});
