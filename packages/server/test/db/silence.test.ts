import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { type Connected, openPool, servingLimits } from '../../src/db/pool.ts';
import { liftLimits } from '../../src/store/load.ts';
import { allowLongWork } from '../../src/store/longWork.ts';
import { moveProgramme } from '../../src/store/programmeChanges.ts';
import { publishedCrm } from '../support/crm.ts';
import { freshInstallation, loadInto, type TestInstallation } from '../support/installation.ts';

// A connection whose server says nothing for a while is given up, unless long work was announced.

let installation: TestInstallation;
let pool: Connected<Crm>;
before(async () => {
  installation = await freshInstallation();
  await loadInto(installation.main, publishedCrm());
  const { sql_name } = await installation.databases.catalog
    .selectFrom('crm_database')
    .select('sql_name')
    .executeTakeFirstOrThrow();
  const url = new URL(installation.catalogUrl);
  url.pathname = `/${sql_name}`;
  pool = openPool(url.href, { ...servingLimits, size: 1, silence: 300 });
});
after(async () => {
  await pool.close();
  await installation.close();
});

const silent = (db: Kysely<Crm>) => sql`select pg_sleep(1)`.execute(db);
const gone = /PostgreSQL says nothing any more/;

test('a connection in use that says nothing is given up', async () => {
  await assert.rejects(silent(pool.db), gone);
});

for (const [what, announce] of [
  ['long work', allowLongWork],
  ['a load', liftLimits],
  ['the move of a programme', (trx: Transaction<Crm>) => moveProgramme(trx, 145, 30)],
] as const) {
  test(`${what} may take longer, and whoever has the connection next may not`, async () => {
    await pool.db.transaction().execute(async (trx) => {
      await announce(trx);
      await silent(trx);
    });
    await assert.rejects(silent(pool.db), gone);
  });
}
