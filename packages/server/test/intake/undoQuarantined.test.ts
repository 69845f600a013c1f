import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { temporaryFolder } from '../support/command.ts';
import { importBench } from '../support/importing.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { actionOf, actionsOf, leadsOf, type UndoBench, undoBench } from '../support/undoing.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = (t: TestContext): Promise<UndoBench> => undoBench(server, t);

const waitingOf = async ({ db }: UndoBench) => {
  const found = await sql`
    select lead.external_id, lead.outcome, lead.draft, lead.reasons, lead.id_import, lead.line,
      lead.effects, lead.settled_at from lead where lead.outcome = 'quarantined'`.execute(db);
  return found.rows;
};

test('a lead of another door that a row corrected waits again, as it did', async (t) => {
  const bench = await fresh(t);
  const lead = { externalId: 'live-1', telephone: '0612347000', programme: 'Elsewhere' };
  await bench.send(lead);
  const before = await waitingOf(bench);
  await sql`update source set nom = 'old' where source.nom = ${bench.source}`.execute(bench.db);
  await sql`update source set nom = ${bench.source} where source.nom = ${bench.live}`.execute(
    bench.db,
  );
  const id = await bench.imports({ id: 'live-1', telephone: '0612347000', programme: '146' });
  assert.deepEqual(await leadsOf(bench, id), ['accepted']);
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  assert.deepEqual(await waitingOf(bench), before);
  assert.deepEqual(await actionsOf(bench), []);
});

test('a row that was corrected in a file of errors waits again, until its own import is undone', async (t) => {
  const bench = await fresh(t);
  const first = await bench.imports({ nom: 'Bey', telephone: '0612347001', programme: 'x' });
  const before = await waitingOf(bench);
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(bench.db);
  const [{ id: lead } = assert.fail()] = found.rows;
  const folder = await importBench(server, await temporaryFolder(t));
  const correction = (programme: string) =>
    folder.write(`${programme}.csv`, [
      ['relais_lead', 'nom', 'telephone', 'programme'],
      [String(lead), 'Bey', '0612347001', programme],
    ]);
  const second = await bench.path(await correction('y'));
  const third = await bench.path(await correction('145'));
  assert.deepEqual(await bench.undo(third), { undone: 1, kept: 0 });
  assert.deepEqual(await bench.undo(second), { undone: 1, kept: 0 });
  assert.deepEqual(await waitingOf(bench), before);
  assert.deepEqual(await bench.undo(first), { undone: 1, kept: 0 });
  assert.deepEqual(await waitingOf(bench), []);
});

test('a lead waits again as it did before the files that corrected it, in whatever order they are undone', async (t) => {
  const bench = await fresh(t);
  const first = await bench.imports({ nom: 'Bey', telephone: '0612347003', programme: 'x' });
  const before = await waitingOf(bench);
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(bench.db);
  const [{ id: lead } = assert.fail()] = found.rows;
  const folder = await importBench(server, await temporaryFolder(t));
  const correct = async (programme: string) =>
    bench.path(
      await folder.write(`${programme}.csv`, [
        ['relais_lead', 'nom', 'telephone', 'programme'],
        [String(lead), 'Bey', '0612347003', programme],
      ]),
    );
  const [second, third, fourth] = [await correct('y'), await correct('z'), await correct('145')];
  assert.deepEqual(await bench.undo(third), { undone: 0, kept: 0 });
  assert.deepEqual(await bench.undo(second), { undone: 0, kept: 0 });
  assert.deepEqual(await bench.undo(fourth), { undone: 1, kept: 0 });
  assert.deepEqual(await waitingOf(bench), before);
  assert.deepEqual(await bench.undo(first), { undone: 1, kept: 0 });
  assert.deepEqual(await waitingOf(bench), []);
});

test('a row of a file of errors comes in although the import that it was of was undone', async (t) => {
  const bench = await fresh(t);
  const id = await bench.imports({ nom: 'Bey', telephone: '0612347004', programme: 'x' });
  const found = await sql<{ id: number }>`select lead.id from lead`.execute(bench.db);
  assert.deepEqual(await bench.undo(id), { undone: 1, kept: 0 });
  const folder = await importBench(server, await temporaryFolder(t));
  const path = await folder.write('errors.csv', [
    ['relais_lead', 'nom', 'telephone', 'programme'],
    [String(found.rows[0]?.id), 'Bey', '0612347004', '145'],
  ]);
  assert.deepEqual(await leadsOf(bench, await bench.path(path)), ['accepted']);
});

test('a row that another door corrected since is a lead of that door, and stays', async (t) => {
  const bench = await fresh(t);
  const names = sql`update source set nom = case when source.nom = ${bench.source} then 'old'
    when source.nom = ${bench.live} then ${bench.source} else source.nom end`;
  await names.execute(bench.db);
  const id = await bench.imports({ id: 'live-2', telephone: '0612347002', programme: 'x' });
  await sql`update source set nom = ${bench.live} where source.nom = ${bench.source}`.execute(
    bench.db,
  );
  const answer = await bench.send({ externalId: 'live-2', telephone: '0612347002' });
  assert.equal(answer.outcome, 'accepted');
  assert.deepEqual(await bench.undo(id), { undone: 0, kept: 0 });
  assert.ok(await actionOf(bench, answer.action_id));
});
