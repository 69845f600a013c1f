import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { planImport } from '../../src/intake/file/planImport.ts';
import { importFile } from '../../src/intake/importFile.ts';
import { findListedImport } from '../../src/store/importList.ts';
import { relais, temporaryFolder } from '../support/command.ts';
import { csvOf, importBench } from '../support/importing.ts';
import { freshServer, type TestServer } from '../support/server.ts';

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const titles = ['nom', 'téléphone', 'e-mail', 'programme', 'id', 'message', 'Budget'];
const persons = ['0612340001', '+33 6 12 34 00 02', '06.12.34', '', 'bey@example.com', 'x@y'];
const texts = fc.oneof(
  fc.constantFrom('', ' ', '=1+1', '@SUM(A1)', '-', '+33', "'", '"', ';', 'a\r\nb'),
  fc.constantFrom('👩‍👩‍👧', '𝒟upont', 'محمد', '‮gnp.exe', 'e\u0301', 'É', '\u00A0'),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
);
const row = fc.tuple(
  texts,
  fc.oneof(fc.constantFrom(...persons), texts),
  fc.oneof(fc.constantFrom(...persons), texts),
  fc.oneof(fc.constantFrom('', '145', "les jardins de l'aube", 'Elsewhere'), texts),
  fc.oneof(fc.constantFrom('', '', 'id-1', 'id-2'), texts),
  texts,
  texts,
);

test('each row of any file is accepted, joins another, waits or is a repeat: none is lost', async (t) => {
  const folder = await temporaryFolder(t);
  const { db, database, find } = await importBench(server, folder, { id_programme: null });
  const source = await find();
  let files = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      files += 1;
      const path = `${folder}/${files}.csv`;
      // A last row makes the file one that was not imported before.
      const all = [...rows, [`Nom ${files}`, '', '', '', '', '', '']];
      await writeFile(path, csvOf([titles, ...all]));
      const plan = await planImport(path, source);
      const kept = all.filter((cells) => cells.some((cell) => cell.trim() !== ''));
      assert.equal(plan.rows, kept.length);
      let heard = 0;
      const done = await importFile(database, source, plan, {
        by: 'command:test',
        onRow: () => {
          heard += 1;
        },
      });
      const counts = await findListedImport(db, done.import);
      assert.ok(counts);
      const { accepted, merged, quarantined, repeated } = counts;
      assert.equal(accepted + merged + quarantined + repeated, kept.length);
      assert.equal(heard, kept.length);
      const ledger = await sql<{ leads: number; actions: number }>`
        select count(*) as leads, count(distinct lead.id_action) as actions
        from lead where lead.id_import = ${done.import}`.execute(db);
      const [{ leads, actions } = assert.fail()] = ledger.rows;
      assert.equal(leads + repeated, kept.length);
      assert.ok(actions >= accepted);
    }),
    { numRuns: 150 },
  );
});

const ROWS = 6_000;
const HEAP_MB = 48;
const MESSAGE = 'Bonjour, je cherche un T3. '.repeat(350);

function* leads(): Generator<string> {
  yield 'nom;telephone;programme;message\r\n';
  for (let index = 0; index < ROWS; index += 1) {
    const telephone = `0611${String(index % 500).padStart(6, '0')}`;
    yield `Nom ${index};${telephone};${index % 10 ? 'Elsewhere' : '145'};${MESSAGE}\r\n`;
  }
}

test('a file is imported whole by a process that could not hold it', async (t) => {
  const { db, database, source, env } = await importBench(server, await temporaryFolder(t));
  const path = `${await temporaryFolder(t)}/large.csv`;
  await pipeline(leads, createWriteStream(path));
  assert.ok((await stat(path)).size > HEAP_MB * 1024 * 1024);
  // A small young generation, so that the limit is one for what is held.
  const limits = `--max-old-space-size=${HEAP_MB} --max-semi-space-size=4`;
  const limited = { ...env, NODE_OPTIONS: limits };
  const ran = await relais(limited, 'import', database.nom, source, path, '--json');
  assert.equal(ran.code, 0, ran.stderr);
  const { accepted, merged, quarantined, repeated, errors } = JSON.parse(ran.stdout);
  assert.deepEqual([accepted + merged, quarantined, repeated], [ROWS / 10, (ROWS / 10) * 9, 0]);
  const counted = await sql<{ n: number }>`select count(*) as n from lead`.execute(db);
  assert.equal(counted.rows[0]?.n, ROWS);
  assert.ok((await stat(errors)).size > (await stat(path)).size * 0.9);
});
