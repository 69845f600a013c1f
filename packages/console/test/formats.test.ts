import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatsOf } from '../src/lib/formats.ts';
import { pluralEn, pluralFr } from '../src/lib/plural.ts';

const french = formatsOf('fr');
const english = formatsOf('en');
const noon = Date.parse('2026-11-23T12:00:00Z');
const ago = (seconds: number) => french.relative(noon - seconds * 1000, noon);
/** Spaces that do not break are spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

test('a time is told as people tell how long ago it was', () => {
  assert.equal(ago(20), 'maintenant');
  assert.equal(plain(ago(5 * 60)), 'il y a 5 min');
  assert.equal(plain(ago(3 * 3600 + 1800)), 'il y a 3 h');
  assert.equal(ago(25 * 3600), 'hier');
  assert.equal(plain(ago(40 * 86_400)), 'il y a 40 j');
});

test('yesterday is the day before, and not what was less than two days ago', () => {
  // At 13:00 in Paris.
  assert.equal(ago(36 * 3600), 'hier');
  assert.equal(ago(38 * 3600), 'avant-hier');
  assert.equal(plain(ago(71 * 3600)), 'il y a 3 j');
  assert.equal(french.relative(noon + 40 * 3600 * 1000, noon), 'après-demain');
  assert.equal(plain(ago(700 * 86_400)), 'il y a 1 a');
});

test('a time to come is told as one', () => {
  assert.equal(plain(french.relative(noon + 2 * 3600 * 1000, noon)), 'dans 2 h');
});

test('a length of time has its largest unit', () => {
  assert.equal(plain(french.span(30)), '0 min');
  assert.equal(plain(french.span(3 * 86_400)), '3 j');
  assert.equal(plain(english.span(2 * 3600)), '2 hrs');
});

test('dates and numbers are written as each language writes them', () => {
  const at = '2026-11-23T08:00:00.000Z';
  assert.equal(french.minute(at), '23 nov. 2026, 09:00');
  assert.equal(english.minute(at), '23 Nov 2026, 09:00');
  assert.equal(plain(french.number(12_345)), '12 345');
  assert.equal(english.number(12_345), '12,345');
});

test('none is one in French and many in English', () => {
  assert.equal(pluralFr(0, 'contact', 'contacts'), '0 contact');
  assert.equal(pluralEn(0, 'contact', 'contacts'), '0 contacts');
  assert.equal(pluralFr(2, 'contact', 'contacts'), '2 contacts');
});

test('the size of a file has its unit', () => {
  assert.equal(plain(french.size(0)), '0 ko');
  assert.equal(plain(french.size(167)), '0,2 ko');
  assert.equal(plain(french.size(429_812)), '429,8 ko');
  assert.equal(plain(english.size(12_480_000)), '12.5 MB');
});
