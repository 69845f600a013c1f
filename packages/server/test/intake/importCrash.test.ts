import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { sqlState } from '../../src/db/pool.ts';
import { ImportTaken } from '../../src/intake/importFile.ts';
import { tryImport } from '../../src/intake/tryImport.ts';
import { undoImport } from '../../src/intake/undoImport.ts';
import { temporaryFolder } from '../support/command.ts';
import { type ImportBench, importBench, tablesOf } from '../support/importing.ts';
import { makeSource, sendLead } from '../support/intake.ts';
import { freshServer, type TestServer } from '../support/server.ts';
import { untilWaiting } from '../support/waiting.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const fresh = async (t: TestContext): Promise<ImportBench> =>
  importBench(server, await temporaryFolder(t));

/** Rows of which some are of the same persons, some have an id, and some have to wait. */
const ROWS = Array.from({ length: 1_000 }, (_, index) => [
  `Nom ${index}`,
  `06123${String(index % 5 === 4 ? index - 3 : index).padStart(5, '0')}`,
  index % 7 === 0 ? `person${index}@example.com` : '',
  index % 11 === 0 ? 'Elsewhere' : '',
  index % 3 === 0 ? `id-${index}` : '',
  `Message ${index}`,
]);
const FILE = [['nom', 'telephone', 'email', 'programme', 'id', 'message'], ...ROWS];

/** What became of each row, in words that are the same in every database. */
async function storyOf(db: Kysely<Crm>): Promise<object[]> {
  const found = await sql<object>`
    select lead.line, lead.external_id, lead.draft, lead.outcome, lead.reasons, lead.matched_on,
      import.file_hash::text, prospect.nom, prospect.telephone, prospect.email,
      action.commentaire, action.id_statut, action.version, action.source_reference,
      (select min(first.line) from lead first where first.id_action = lead.id_action) as first,
      (select array_agg(own.value order by own.value) from prospect_identity own
        where own.id_prospect = prospect.id) as identities,
      (select array_agg(change.reason) from statut_change change
        where change.id_action = action.id) as changes
    from lead join import on import.id = lead.id_import
    left join prospect on prospect.id = lead.id_prospect
    left join action on action.id = lead.id_action
    order by lead.line`.execute(db);
  return found.rows;
}

const countsOf = async (db: Kysely<Crm>) =>
  Object.entries(await tablesOf(db)).map(([name, rows]) => [name, rows.length]);

const importStateOf = async (db: Kysely<Crm>) => {
  const found = await sql<{ state: string; position: number; repeated: number }>`
    select import.state, import.position, import.repeated from import`.execute(db);
  return found.rows;
};

/** What an error file says, less the ids of its leads. */
const errorsOf = async (path: string) =>
  (await readFile(path.replace('.csv', '.errors.csv'), 'utf8')).replaceAll(/^\d+;/gm, '');

const main = fileURLToPath(new URL('../../bin/relais.js', import.meta.url));

/** Runs an import and kills it once some of its rows are stored, and not all. */
async function killInTheMiddle({ db, database, source, env }: ImportBench, path: string) {
  const args = [main, 'import', database.nom, source, path];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env }, stdio: 'ignore' });
  const exited = once(child, 'exit');
  while (!((await importStateOf(db))[0]?.position ?? 0)) await delay(2);
  child.kill('SIGKILL');
  await exited;
}

test('an import that is killed goes on where it stopped, and comes to the same', async (t) => {
  const whole = await fresh(t);
  const wholePath = await whole.write('leads.csv', FILE);
  assert.equal((await whole.run(wholePath)).code, 0);

  const broken = await fresh(t);
  const path = await broken.write('leads.csv', FILE);
  await killInTheMiddle(broken, path);
  const [stopped] = await importStateOf(broken.db);
  assert.equal(stopped?.state, 'running');
  const position = stopped?.position ?? 0;
  assert.equal((await storyOf(broken.db)).length, position - 1);

  const again = await broken.run(path, '--json');
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, new RegExp(`^Went on after line ${position}\\.$`, 'm'));
  const counts = JSON.parse(again.stdout);
  assert.equal(counts.accepted + counts.merged + counts.quarantined, ROWS.length);
  assert.deepEqual(await storyOf(broken.db), await storyOf(whole.db));
  assert.deepEqual(await countsOf(broken.db), await countsOf(whole.db));
  assert.deepEqual(await importStateOf(broken.db), await importStateOf(whole.db));
  assert.equal(await errorsOf(path), await errorsOf(wholePath));
});

/** Imports a file and breaks off after its first batch. */
const breakOff = (bench: ImportBench, path: string) =>
  assert.rejects(
    bench.imports(path, {
      onRow() {
        throw new Error('broken off');
      },
    }),
    /broken off/,
  );

test('an import that was broken off goes on with the columns that it began with', async (t) => {
  const bench = await fresh(t);
  const rows = ROWS.slice(0, 450).map(([nom = '', telephone = '']) => [nom, telephone]);
  const path = await bench.write('leads.csv', [['Visiteur', 'Joignable'], ...rows]);
  await sql`
    update source set columns = '{"visiteur": "nom", "joignable": "telephone"}'`.execute(bench.db);
  await breakOff(bench, path);
  const other = await bench.run(path, '--map', 'Visiteur=nom_complet');
  assert.equal(other.code, 1);
  assert.match(
    other.stderr,
    /Import 1 of this file was broken off, and its columns meant something else then: give it the same --map, or take it back with "relais import undo 1" first\./,
  );
  assert.equal((await bench.run(path)).code, 0);
  const [{ state, position } = assert.fail()] = await importStateOf(bench.db);
  assert.deepEqual([state, position], ['done', 451]);
});

test('of two processes that import one file at once, one does it and the other is told', async (t) => {
  const bench = await fresh(t);
  const path = await bench.write('leads.csv', FILE.slice(0, 900));
  const { both } = await bench.db.transaction().execute(async (trx) => {
    await sql`lock table lead in exclusive mode`.execute(trx);
    const started = Promise.all([bench.run(path), bench.run(path)]);
    // One waits for the table, and the other for the first to store its batch.
    await untilWaiting(bench.db, 2);
    return { both: started };
  });
  const [done, told] = (await both).sort((one, other) => one.code - other.code);
  assert.equal(done?.code, 0, done?.stderr);
  assert.equal(told?.code, 1);
  assert.match(told?.stderr ?? '', /Import 1 is under way elsewhere, or was undone: see "relais/);
  const story = await storyOf(bench.db);
  assert.equal(story.length, 899);
  assert.deepEqual((await importStateOf(bench.db)).length, 1);
});

test('an import that is undone while it runs stops at once', async (t) => {
  const bench = await fresh(t);
  const path = await bench.write('leads.csv', FILE.slice(0, 900));
  const importing = bench.imports(path, {
    async onRow({ row }) {
      if (row.line === 2) await undoImport(bench.database, 1, 'command:test');
    },
  });
  await assert.rejects(importing, ImportTaken);
  assert.ok((await storyOf(bench.db)).every((row) => 'outcome' in row && row.outcome === 'undone'));
});

for (const what of ['an import', 'a dry run'] as const) {
  test(`${what} whose locks cross those of another transaction begins its batch anew`, async (t) => {
    // PostgreSQL ends who has waited for a second: the other, unless this process was slow.
    while (!(await crossed(t, what)));
  });
}

/** False when PostgreSQL has ended our transaction instead, and nothing was shown. */
async function crossed(t: TestContext, what: 'an import' | 'a dry run'): Promise<boolean> {
  const bench = await fresh(t);
  await bench.imports(await bench.write('known.csv', [['tel'], ['0612399001'], ['0612399002']]));
  const path = await bench.write('again.csv', [
    ['tel'],
    ['0612399001'],
    ['0612399002'],
    ['0612399003'],
  ]);
  const plan = await bench.plan(path);
  const source = await bench.find();
  const heard: number[] = [];
  const hear = ({ row }: { row: { line: number } }) => void heard.push(row.line);
  let running: Promise<unknown> | undefined;
  const ours = bench.db.transaction().execute(async (trx) => {
    const lock = (value: string) =>
      sql`select from prospect_identity where value = ${value} for update`.execute(trx);
    await lock('+33612399002');
    running =
      what === 'an import'
        ? bench.imports(path, { onRow: hear })
        : tryImport(bench.database, source, plan, hear);
    await untilWaiting(bench.db, 1);
    await lock('+33612399001');
  });
  const ended = await ours.then(
    () => false,
    (error) => sqlState(error) === '40P01' || Promise.reject(error),
  );
  await running;
  if (ended) return false;
  assert.deepEqual(heard, [2, 3, 4]);
  const leads = await sql<{ n: number }>`select count(*) as n from lead`.execute(bench.db);
  assert.equal(leads.rows[0]?.n, what === 'an import' ? 5 : 2);
  return true;
}

test('leads of the same persons come in by other doors while a file is imported', async (t) => {
  const bench = await fresh(t);
  const { database, db } = bench;
  const token = await makeSource(server, `${bench.source}-live`, 'json', {
    ...{ database, id_programme: 145 },
  });
  const telephones = Array.from(
    { length: 40 },
    (_, index) => `06124000${String(index).padStart(2, '0')}`,
  );
  const rows = Array.from({ length: 600 }, (_, index) => [
    telephones[(index * 7) % 40] ?? '',
    telephones[(index * 11) % 40] ?? '',
    `Message ${index}`,
  ]);
  const path = await bench.write('leads.csv', [['telephone', 'nom', 'message'], ...rows]);
  let over = false;
  const importing = bench.imports(path).finally(() => {
    over = true;
  });
  let sent = 0;
  const outcomes = new Set<string>();
  const sender = async () => {
    while (!over) {
      sent += 1;
      const lead = { telephone: telephones[sent % 40], commentaire: `Live ${sent}` };
      const answer = await sendLead(server.url, `${bench.source}-live`, token, lead);
      outcomes.add(answer.outcome);
    }
  };
  await Promise.all([importing, sender(), sender(), sender()]);
  assert.ok(outcomes.has('merged'));
  const counted = await sql<Record<string, number>>`
    select (select count(*) from lead) as leads,
      (select count(*) from prospect where prospect.id <> 5002) as prospects,
      (select count(*) from lead where lead.outcome = 'accepted') as accepted,
      (select count(*) from action where action.id <> 1045) as actions,
      (select count(*) from prospect_identity where prospect_identity.value like '+336124%') as known
  `.execute(db);
  const [counts = {}] = counted.rows;
  assert.deepEqual(counts, {
    leads: rows.length + sent,
    prospects: 40,
    accepted: counts.actions,
    actions: counts.actions,
    known: 40,
  });
});
