import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { changeStatut } from '../../src/changes/changeStatut.ts';
import { type Commands, commandsIn } from '../support/command.ts';
import { publishedCrm, QUALIFY, READY } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { freshServer, idsOf, type TestServer } from '../support/server.ts';

let server: TestServer;
let commands: Commands;
let key: string;
before(async () => {
  server = await freshServer();
  commands = commandsIn({ DATABASE_URL: server.catalogUrl });
  await loadInto(server.main, publishedCrm());
  key = (await server.key('Promoteur X')).text;
  await server.send(key, { operation: 'pullContacts' });
});
after(() => server.close());

const send = (source: string, token: string, lead: object) =>
  sendLead(server.url, source, token, lead);

test('a change of statut makes an action ready, and is recorded with who, when, why', async () => {
  await server.send(key, { operation: 'pullContacts' });
  const token = await makeSource(server, 'slow', 'json', {
    ...{ id_programme: 145, id_statut: QUALIFY },
  });
  const made = await send('slow', token, { telephone: '0612342001' });
  const id = String(made.action_id);
  const pull = () => server.send(key, { operation: 'pullContacts' });
  assert.deepEqual(idsOf(await pull()), []);
  const change = ['action', 'statut', id, '--to', 'À transmettre', '--reason', 'called'];
  assert.deepEqual(await commands.json(...change), [
    { action: made.action_id, outcome: 'changed' },
  ]);
  const human = await commands.done(...change);
  assert.match(human.stdout, new RegExp(`^action +outcome +problem\n${id} +unchanged +-\n$`));
  const pulled = await pull();
  assert.deepEqual(idsOf(pulled), [made.action_id]);

  const events = await commands.json('action', 'history', id);
  const times = events.map(({ at }: { at: string }) => at);
  assert.deepEqual(times, [...times].sort());
  const [ready, given] = ['À transmettre', 'Transmis'];
  assert.deepEqual(
    events.map(({ at, ...event }: { at: string }) => event),
    [
      { event: 'lead', who: 'source:slow', from: null, to: null, why: 'accepted' },
      { event: 'statut', who: 'source:slow', from: null, to: 'À qualifier', why: null },
      { event: 'statut', who: 'command:action', from: 'À qualifier', to: ready, why: 'called' },
      {
        ...{ event: 'pull', who: 'client:Promoteur X', from: ready, to: given },
        why: `pull ${pulled.headers.get('pull-id')}`,
      },
    ],
  );

  // What a client has received is made ready by the release of its pull alone.
  const refused = await commands.run(...change, '--json');
  assert.equal(refused.code, 1);
  const [{ outcome, problem }] = JSON.parse(refused.stdout);
  assert.equal(outcome, 'refused');
  assert.match(problem, /^It was pulled by "Promoteur X" at \S+Z: release that pull instead\.$/);
  assert.match(refused.stderr, /Some of these actions were left as they are\./);
  assert.deepEqual(idsOf(await pull()), []);
});

test('a release is in the history of what it put back, and of nothing else', async () => {
  const token = await makeSource(server, 'released', 'json', { id_programme: 145 });
  const made = async (telephone: string) =>
    (await send('released', token, { telephone })).action_id ?? 0;
  const [back, acted] = [await made('0612342002'), await made('0612342003')];
  const pulled = await server.send(key, { operation: 'pullContacts' });
  await commands.done(
    'action',
    'statut',
    String(acted),
    '--to',
    'À qualifier',
    '--reason',
    'returned',
  );
  const pullId = pulled.headers.get('pull-id');
  await server.send(key, { operation: 'releasePull', pullId, reason: 'lost' });
  const last = async (id: number) => {
    const { event, why } = (await commands.json('action', 'history', String(id))).at(-1);
    return [event, why];
  };
  assert.deepEqual(await last(back), ['release', 'lost']);
  assert.deepEqual(await last(acted), ['statut', 'returned']);
});

test('of two operators who saw the same version, the second is told', async () => {
  const token = await makeSource(server, 'versions', 'json', {
    ...{ id_programme: 145, id_statut: QUALIFY },
  });
  const made = await send('versions', token, { telephone: '0612342004' });
  const other = await send('versions', token, { telephone: '0612342005' });
  const change = () =>
    changeStatut(server.main, {
      actions: new Map([
        [made.action_id ?? 0, 1],
        [other.action_id ?? 0, undefined],
        [999_999, 1],
      ]),
      ...{ statut: READY, reason: 'called', by: 'staff:1' },
    });
  const missing = { action: 999_999, outcome: 'refused', problem: 'There is no such action.' };
  assert.deepEqual(await change(), [
    { action: made.action_id, outcome: 'changed' },
    { action: other.action_id, outcome: 'changed' },
    missing,
  ]);
  assert.deepEqual(await change(), [
    {
      ...{ action: made.action_id, outcome: 'refused' },
      problem: 'It was changed meanwhile: it stands in "À transmettre" now.',
    },
    { action: other.action_id, outcome: 'unchanged' },
    missing,
  ]);
});
