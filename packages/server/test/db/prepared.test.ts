import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { openPool, servingLimits } from '../../src/db/pool.ts';
import { readFirstReady, readReady } from '../../src/store/contacts.ts';
import { findKeysNow, lockKeyToPull } from '../../src/store/keys.ts';
import { listProgrammes } from '../../src/store/programmes.ts';
import { pick, recordPull } from '../../src/store/pulls.ts';
import { PULLED, queueCrm, READY } from '../support/crm.ts';
import { installationFor, loadInto } from '../support/installation.ts';

/** A pool of one connection, which tells what it has planned. */
const one = { ...servingLimits, size: 1 };

/** After so many plans of a statement PostgreSQL chooses whether it keeps one for any values. */
const TRIES = 5;

test('what a pull and a read ask is planned once for each connection, not once for each request', async (t) => {
  const installation = await installationFor(t);
  await loadInto(installation.main, queueCrm(300));
  const { id } = await installation.key('Promoteur X', { regions: [30] });
  const url = new URL(installation.catalogUrl);
  url.pathname += '_main';
  const { db, close } = openPool<Crm>(url.href, one);
  t.after(close);
  const scope = { regions: [30], programmes: undefined };
  for (let number = 0; number < 2 * TRIES; number += 1) {
    const key = (await findKeysNow(db, [id])).get(id)?.key ?? assert.fail('no key');
    await listProgrammes(db, key.regions);
    const { state } = await readFirstReady(db, scope, READY, 200, undefined);
    await readFirstReady(db, scope, READY, 200, state);
    await readReady(db, scope, READY, 200, { at: '2026-01-01T00:00:00.000000Z', id: 1 });
    await db.transaction().execute(async (trx) => {
      await lockKeyToPull(trx, id);
      await recordPull(
        trx,
        {
          id: crypto.randomUUID(),
          client: key.id_client,
          key: id,
          request: '{}',
          idempotencyKey: undefined,
          id_statut_ready: READY,
          id_statut_pulled: PULLED,
        },
        await pick(trx, scope, READY, 1),
        { scope, most: 1000 },
      );
    });
  }
  const planned = await sql<{ statement: string; often: boolean }>`
    select statement, custom_plans > ${TRIES} as often from pg_prepared_statements`.execute(db);
  assert.equal(planned.rows.length, 8);
  assert.deepEqual(
    planned.rows.filter(({ often }) => often).map(({ statement }) => statement),
    [],
  );
});
