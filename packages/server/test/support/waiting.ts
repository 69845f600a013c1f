import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../src/db/crm.generated.ts';

/** Waits until so many connections of this SQL database wait for a lock. */
export async function untilWaiting(db: Kysely<Crm>, connections = 1): Promise<void> {
  for (;;) {
    const found = await sql<{ n: number }>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
    if ((found.rows[0]?.n ?? 0) >= connections) return;
  }
}
