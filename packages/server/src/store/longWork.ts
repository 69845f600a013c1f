import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { long } from '../db/pool.ts';

/**
 * Lets the statements of a transaction take longer than those of a server's answers may. What it
 * locks, others wait for all that time: for work that is one transaction by its nature.
 */
export async function allowLongWork(trx: Transaction<Crm>): Promise<void> {
  await sql`${long}
    select set_config('statement_timeout', '15min', true), set_config('lock_timeout', '30s', true),
      set_config('idle_in_transaction_session_timeout', '60s', true)`.execute(trx);
}
