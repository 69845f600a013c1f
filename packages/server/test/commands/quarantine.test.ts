import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Commands, commandsIn } from '../support/command.ts';
import { publishedCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let commands: Commands;
before(async () => {
  server = await freshServer();
  commands = commandsIn({ DATABASE_URL: server.catalogUrl });
  await loadInto(server.main, publishedCrm());
});
after(() => server.close());

test('leads that wait are listed, released with what was wrong put right, or discarded', async () => {
  const { db } = server.main;
  const token = await makeSource(server, 'held', 'json', { consent_required: true });
  const send = (lead: object) => sendLead(server.url, 'held', token, { nom: 'Bey', ...lead });
  await send({ telephone: '0612341001', programme: 'Les Jardins de lobe', consent: true });
  await send({ telephone: '0612341002', programme: '145' });
  await send({ programme: '145', consent: true });
  await send({ telephone: '0612341003' });
  const only = ['--source', 'held'];
  const rows = await commands.json('quarantine', 'list', ...only);
  assert.equal(rows.length, 4);
  const dumped = await commands.done('dump', 'main');
  const left =
    '4 leads wait in quarantine and are not in the dump: see "relais quarantine list".\n';
  assert.equal(dumped.stderr, left);
  const [unknown, consent, nobody, last] = rows.map((row: { id: number }) => row.id);
  assert.deepEqual(Object.keys(rows[0]), ['id', 'source', 'received_at', 'reasons', 'draft']);
  const suggestion = "Peut-être « Les Jardins de l'Aube » (145)";
  assert.deepEqual(rows[0].reasons, [{ code: 'unknown_programme', suggestion }]);
  const human = await commands.done('quarantine', 'list', ...only, '--reason', 'unknown_programme');
  assert.match(human.stdout, /^lead +source +received_at +name +programme +reasons +suggestion\n/);
  assert.equal(human.stdout.trim().split('\n').length, 3);
  const after = await commands.json('quarantine', 'list', ...only, '--after', String(nobody));
  assert.deepEqual(
    after.map((row: { id: number }) => row.id),
    [last],
  );

  const release = async (id: number, ...args: string[]) => {
    const [row, ...others] = await commands.json('quarantine', 'release', String(id), ...args);
    assert.deepEqual(others, []);
    return row;
  };
  const first = await release(unknown, '--programme', '145');
  assert.equal(first.outcome, 'accepted');
  for (const name of ['lead', 'outcome', 'action_id', 'prospect_id', 'matched_on', 'reasons']) {
    assert.ok(name in first, name);
  }
  assert.equal((await release(consent, '--consent')).outcome, 'accepted');
  assert.equal((await release(nobody)).outcome, 'quarantined');
  assert.equal((await release(nobody, '--email', 'bey@example.com')).outcome, 'accepted');
  const discarded = await commands.json('quarantine', 'discard', String(last), '--reason', 'robot');
  assert.deepEqual(discarded, [{ lead: last, discarded: true }]);
  const none = await commands.done('quarantine', 'list', ...only);
  assert.equal(none.stdout, 'No lead waits in quarantine.\n');
  assert.equal((await commands.done('dump', 'main')).stderr, '');

  const audit = await sql<{ act: string; target: string; detail: object }>`
    select audit.act, audit.target, audit.detail from audit
    where audit.target = ${`lead:${last}`} or audit.target = ${`lead:${unknown}`}
    order by audit.id`.execute(db);
  assert.deepEqual(audit.rows, [
    {
      ...{ act: 'lead.release', target: `lead:${unknown}` },
      detail: { outcome: 'accepted', corrected: 'programme' },
    },
    { act: 'lead.discard', target: `lead:${last}`, detail: { reason: 'robot' } },
  ]);
  const twice = await commands.run('quarantine', 'release', String(last));
  assert.equal(twice.code, 4);
  assert.match(twice.stderr, /Some of these leads do not wait in quarantine\./);
});
