import type { Kysely, Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { sqlState } from '../db/pool.ts';

/**
 * Deadlock; a conflict that PostgreSQL asks to try again; and a programme that an operator moved or
 * deleted after the lead had found it.
 */
const AGAIN = new Set(['40P01', '40001', '23503']);
const TRIES = 4;

/** Has a piece of intake begin anew: what it looked at has changed while it waited. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
}

/**
 * Runs a piece of intake in a transaction of its own. Single leads take their locks in one order
 * and never wait for each other in a circle; a batch of a file takes them in the order of its rows
 * and may cross a single lead: then PostgreSQL ends one of the two, which starts anew.
 */
export async function inTransaction<Result>(
  db: Kysely<Crm>,
  work: (trx: Transaction<Crm>) => Promise<Result>,
): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().setIsolationLevel('read committed').execute(work);
    } catch (error) {
      const again = error instanceof ChangedMeanwhile || AGAIN.has(sqlState(error) ?? '');
      if (tries === TRIES || !again) throw error;
    }
  }
}
