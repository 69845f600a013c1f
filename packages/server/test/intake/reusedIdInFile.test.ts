import assert from 'node:assert/strict';
import { after, before, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { temporaryFolder } from '../support/command.ts';
import { importBench } from '../support/importing.ts';
import { freshServer, type TestServer } from '../support/server.ts';

// Files whose column of ids names the person, such as an export of contacts with their enquiries.

let server: TestServer;
before(async () => {
  server = await freshServer();
});
after(() => server.close());

const TITLES = ['id', 'nom', 'telephone', 'programme', 'message'];
const BEY = ['7', 'Bey', '0612340700'];

/** Imports rows as files, and tells what the ledger then has of them. */
async function fresh(t: TestContext) {
  const bench = await importBench(server, await temporaryFolder(t));
  let files = 0;
  return {
    async imports(...rows: string[][]) {
      files += 1;
      await bench.imports(await bench.write(`${files}.csv`, [TITLES, ...rows]));
    },
    async messages() {
      const { rows } = await sql<{ message: string; outcome: string }>`
        select lead.draft ->> 'commentaire' as message, lead.outcome from lead
        order by lead.id`.execute(bench.db);
      return rows.map(({ message, outcome }) => `${message}: ${outcome}`);
    },
  };
}

test('two enquiries of a file about programmes that nobody knows yet both wait', async (t) => {
  const { imports, messages } = await fresh(t);
  const first = [...BEY, 'Les Pins', 'T2'];
  const second = [...BEY, 'Le Chêne', 'T3'];
  await imports(first, second, [...BEY, 'les pins', 'T2']);
  assert.deepEqual(await messages(), ['T2: quarantined', 'T3: quarantined']);
  // The same in a further file are the same leads, put right.
  await imports([...BEY, '145', 'T2'], second, ['8', 'Diop', '0612340701', '', 'T4']);
  assert.deepEqual(await messages(), ['T2: accepted', 'T3: quarantined', 'T4: accepted']);
});

test('an enquiry of a file about a programme that nobody knows waits beside one that came in', async (t) => {
  const { imports, messages } = await fresh(t);
  const rows = [
    [...BEY, '145', 'T2'],
    [...BEY, 'Le Chêne', 'T3'],
  ];
  await imports(...rows);
  assert.deepEqual(await messages(), ['T2: accepted', 'T3: quarantined']);
});
