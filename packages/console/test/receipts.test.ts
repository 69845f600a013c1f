import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handoversOf, holdersOf } from '../src/screens/contacts/person/receipts.ts';

const programme_nom = 'Les Jardins';

const receipt = {
  ...{ action_id: 1, programme_nom, client_nom: 'Promoteur X', pull_id: 'a', pull_seq: 1 },
  ...{ pulled_at: '2026-11-23T09:00:00.000Z', released_at: null },
  delivery: 'written' as const,
};

const action = { action_id: 1, programme_nom, pulled_at: null, pull_id: null, client_nom: null };

test('what an older system handed out stands among the pulls, newest first', () => {
  const pulled = { ...action, pulled_at: receipt.pulled_at, pull_id: 'a' };
  const older = { ...action, action_id: 2, pulled_at: '2026-11-24T09:00:00.000Z' };
  const waiting = { ...action, action_id: 3 };
  const handovers = handoversOf([receipt], [pulled, older, waiting]);
  assert.deepEqual(
    handovers.map(({ action_id, client }) => [action_id, client]),
    [
      [2, null],
      [1, 'Promoteur X'],
    ],
  );
  assert.deepEqual(holdersOf(handovers), [null, 'Promoteur X']);
});

test('each client that holds a person is named once, and none whose pull was released', () => {
  const released = { ...receipt, client_nom: 'Nexity', released_at: '2026-11-23T10:00:00.000Z' };
  const received = [receipt, { ...receipt, action_id: 2 }, released];
  const back = { ...action, pull_id: null };
  assert.deepEqual(holdersOf(handoversOf(received, [back])), ['Promoteur X']);
});

test('what was acted on before its pull was released is still with the client', () => {
  const released = { ...receipt, released_at: '2026-11-23T10:00:00.000Z' };
  const kept = { ...action, pulled_at: receipt.pulled_at, pull_id: receipt.pull_id };
  assert.deepEqual(holdersOf(handoversOf([released], [kept])), ['Promoteur X']);
});
