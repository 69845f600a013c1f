import type { Kysely, Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** Runs several reads on one consistent snapshot, while others go on changing the database. */
export function readConsistently<Result>(
  db: Kysely<Crm>,
  work: (trx: Transaction<Crm>) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}
