import assert from 'node:assert/strict';
import { test } from 'node:test';
import { QUALIFY, queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { whileActionWaits } from '../support/jobs.ts';
import { idsOf, serverFor } from '../support/server.ts';
import { signedIn } from '../support/staff.ts';
import { untilWaiting } from '../support/waiting.ts';

test('what was pulled is not made ready by a change that waited while a key of that statut was made', async (t) => {
  const server = await serverFor(t);
  await loadInto(server.main, queueCrm(1));
  const operator = await signedIn(server, 'operateur');
  const first = await server.key('Promoteur X');
  assert.deepEqual(idsOf(await server.send(first.text, { operation: 'pullContacts' })), [1]);

  const changes: ReturnType<typeof change>[] = [];
  const change = () =>
    operator.call('changeStatut', {
      actions: [{ id: 1, version: 2 }],
      statutId: QUALIFY,
      reason: 'to be called again',
    });
  let second = '';
  await whileActionWaits(server.main, 1, async () => {
    changes.push(change());
    await untilWaiting(server.main.db);
    second = (await server.key('Promoteur Y', { id_statut_ready: QUALIFY })).text;
  });
  const told = (await changes[0])?.changes[0];
  assert.equal(told?.outcome, 'refused');
  assert.match(told?.problem ?? '', /pulled by "Promoteur X".*release that pull/);
  assert.deepEqual(idsOf(await server.send(second, { operation: 'pullContacts' })), []);
});
