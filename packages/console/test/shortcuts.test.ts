import assert from 'node:assert/strict';
import { test } from 'node:test';
import { press } from '../src/lib/shortcuts.ts';

const known = ['j', '/', 'g c', 'g p', 'c'];

/** What these keys run, one after the other. */
function typed(...keys: string[]): string[] {
  const run: string[] = [];
  let pending = '';
  for (const key of keys) {
    const pressed = press(pending, key, known);
    pending = pressed.pending;
    if (pressed.match) run.push(pressed.match);
  }
  return run;
}

test('a key that is a shortcut runs at once', () => {
  assert.deepEqual(typed('j', '/', 'j'), ['j', '/', 'j']);
});

test('a key that begins a shortcut waits for the next one', () => {
  assert.deepEqual(typed('g', 'p'), ['g p']);
  assert.deepEqual(typed('g', 'c', 'c'), ['g c', 'c']);
});

test('a second key that leads nowhere is read on its own', () => {
  assert.deepEqual(typed('g', 'j'), ['j']);
  assert.deepEqual(typed('g', 'g', 'p'), ['g p']);
  assert.deepEqual(typed('g', 'x', 'p'), []);
});
