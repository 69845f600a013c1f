import assert from 'node:assert/strict';
import { test } from 'node:test';
import { databaseOf, inDatabase } from '../src/lib/database.ts';
import { pathBack, signInPath } from '../src/shell/signInPath.ts';

test('the CRM database is the first part of an address that has one', () => {
  assert.equal(databaseOf('/@sandbox/contacts'), 'sandbox');
  assert.equal(databaseOf('/@sandbox'), 'sandbox');
  assert.equal(databaseOf('/contacts'), undefined);
  assert.equal(databaseOf('/@Bad%2F/contacts'), undefined);
});

test('an address can be moved to another CRM database', () => {
  assert.equal(inDatabase('/contacts', 'main'), '/@main/contacts');
  assert.equal(inDatabase('/@sandbox/contacts', 'main'), '/@main/contacts');
  assert.equal(inDatabase('/@sandbox', 'main'), '/@main/');
});

const back = (path: string) => pathBack(new URLSearchParams(signInPath(path).split('?')[1]));

test('a sign-in leads back to where it was needed', () => {
  assert.equal(back('/contacts?search=du&regionIds=3'), '/contacts?search=du&regionIds=3');
  assert.equal(back('/'), '/');
});

test('a sign-in never leads to another site, nor to itself', () => {
  for (const path of ['//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in']) {
    assert.equal(back(path), '/', path);
  }
});
