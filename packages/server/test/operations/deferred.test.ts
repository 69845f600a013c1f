import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';
import { markWritten } from '../../src/store/pulls.ts';
import { queueCrm } from '../support/crm.ts';
import { loadInto } from '../support/installation.ts';
import { serverFor } from '../support/server.ts';
import { crossing, untilWaiting, untilWritten, whileHeld } from '../support/waiting.ts';

/** Waits until who waited for a lock has given up. */
async function untilNobodyWaits(db: Kysely<Crm>): Promise<void> {
  const waiting = sql`
    select from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  while ((await waiting.execute(db)).rows.length > 0) await delay(5);
}

const pull = { operation: 'pullContacts', limit: 1 };

test('a database that is busy for long keeps no note of another waiting, and its own are not lost', async (t) => {
  const server = await serverFor(t);
  const { db } = server.main;
  const two = await server.create('two');
  await loadInto(server.main, queueCrm(5));
  await loadInto(two, queueCrm(5));
  const keys = [await server.key('X'), await server.key('Y', { database: two })] as const;
  const pulled = async (key: { text: string }, body: object) =>
    (await server.send(key.text, body)).headers.get('pull-id') ?? '';
  const pullId = await pulled(keys[0], pull);
  await untilWritten(db, pullId);
  await sql`update pull set answer_written_at = null`.execute(db);

  await whileHeld(db, sql`lock table pull in exclusive mode`, async () => {
    await pulled(keys[0], { operation: 'getPullBatch', pullId });
    await untilWaiting(db);
    await untilWritten(two.db, await pulled(keys[1], pull));
    await untilNobodyWaits(db);
  });
  await untilWritten(db, pullId);
  const reply = await server.send(keys[0].text, { operation: 'getPulledContacts' });
  assert.equal(reply.headers.get('pulls-uncertain'), null);
});

test('two processes that note the same pulls do not wait for each other in a circle', async (t) => {
  const server = await serverFor(t);
  const { db } = server.main;
  await loadInto(server.main, queueCrm(3));
  const { text } = await server.key('X');
  const ids: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    ids.push((await server.send(text, pull)).headers.get('pull-id') ?? '');
  }
  ids.sort();
  await untilWritten(db, ...ids);
  // PostgreSQL keeps what was changed behind what was not: no order of ids by itself.
  for (const id of ids.toReversed()) {
    await sql`update pull set answer_written_at = null where id = ${id}`.execute(db);
  }
  await crossing(
    db,
    sql`select from pull where id = ${ids[1]} for update`,
    () => markWritten(db, ids),
    () =>
      db.transaction().execute(async (trx) => {
        for (const id of ids) await sql`select from pull where id = ${id} for update`.execute(trx);
      }),
  );
  await untilWritten(db, ...ids);
});
