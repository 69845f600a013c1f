import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApiError } from '../src/api/apiError.ts';
import { shownColumns } from '../src/components/table/column.ts';
import { browserOf } from '../src/lib/browser.ts';
import { de } from '../src/lib/elided.ts';
import { fieldErrors } from '../src/lib/fieldErrors.ts';
import { folded } from '../src/lib/folded.ts';
import { given } from '../src/lib/given.ts';
import { pageSizeOf, trailOf } from '../src/lib/paging.ts';

const refused = (message: string) =>
  new ApiError({ status: 400, code: 'invalid_parameter', message });

test('a refused parameter is the error of its field', () => {
  const error = refused('Invalid parameter "nom": must be a text of 1 to 100 characters.');
  assert.deepEqual(fieldErrors(error, ['nom', 'email']), {
    nom: 'must be a text of 1 to 100 characters',
  });
});

test('a refusal of no field of the form stays a refusal of the whole', () => {
  assert.equal(fieldErrors(refused('Invalid parameter "limit": is missing.'), ['nom']), undefined);
  assert.equal(fieldErrors(refused('Something else.'), ['nom']), undefined);
  assert.equal(fieldErrors(null, ['nom']), undefined);
});

test('filters that are empty are left out, false and 0 are not', () => {
  const filters = { search: '', regionIds: [], ready: false, page: 0, from: undefined, nom: 'a' };
  assert.deepEqual(given(filters), { ready: false, page: 0, nom: 'a' });
});

test('search ignores case and accents', () => {
  assert.equal(folded('Île-de-France ÇA'), 'ile-de-france ca');
});

test('a page that was opened from a link has no pages before it', () => {
  assert.deepEqual(trailOf(null), []);
  assert.deepEqual(trailOf({ trail: [null, 'abc'] }), [null, 'abc']);
  assert.deepEqual(trailOf({ trail: [{}] }), []);
});

test('a remembered page size that is none of those offered is passed over', () => {
  assert.equal(pageSizeOf('100'), 100);
  assert.equal(pageSizeOf('7'), 50);
  assert.equal(pageSizeOf(undefined), 50);
});

test('a column that a person switched is shown if it was hidden, hidden if it was shown', () => {
  const cell = () => null;
  const columns = [
    { id: 'nom', title: 'Nom', cell, main: true },
    { id: 'email', title: 'E-mail', cell },
    { id: 'pull', title: 'Retrait', cell, hidden: true },
  ];
  const shown = (switched: string[]) => shownColumns(columns, switched).map(({ id }) => id);
  assert.deepEqual(shown([]), ['nom', 'email']);
  assert.deepEqual(shown(['email', 'pull', 'nom']), ['nom', 'pull']);
});

test('a browser is named by what it is, not by what it claims to be like', () => {
  const chrome =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
  assert.equal(browserOf(chrome), 'Chrome · Windows');
  assert.equal(browserOf(`${chrome} Edg/140.0`), 'Edge · Windows');
  assert.equal(browserOf('curl/8.5.0'), undefined);
});

test('"de" is joined to a name that begins with a vowel or a silent h', () => {
  assert.deepEqual(
    ['Nexity', 'Océan Indien', 'Élan', 'Habitat Atlantique', 'Hauts de Seine', '=1'].map(de),
    ['de Nexity', 'd’Océan Indien', 'd’Élan', 'd’Habitat Atlantique', 'de Hauts de Seine', 'de =1'],
  );
});
