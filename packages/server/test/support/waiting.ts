import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';

/** Waits until so many connections of this SQL database wait for a lock. */
export async function untilWaiting(db: Kysely<Crm>, connections = 1): Promise<void> {
  for (;;) {
    const found = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if ((found.rows[0]?.n ?? 0) >= connections) return;
    await delay(5);
  }
}

/** Waits until the server has noted, soon after its answers, that those of these pulls were written. */
export async function untilWritten(db: Kysely<Crm>, ...pulls: readonly string[]): Promise<void> {
  const noted = sql`
    select from pull where id = any(${pulls}::uuid[]) and answer_written_at is not null`;
  while ((await noted.execute(db)).rows.length < pulls.length) await delay(5);
}

/**
 * Does a piece of work while a statement holds what it has locked or written: whoever wants the
 * same waits until the work is done. What the statement has written is taken back.
 */
export async function whileHeld(
  db: Kysely<Crm>,
  statement: RawBuilder<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  const held = await db.startTransaction().execute();
  try {
    await statement.execute(held);
    await work();
  } finally {
    await held.rollback().execute();
  }
}
