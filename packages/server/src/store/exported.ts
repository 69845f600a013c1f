import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** Notes whose personal data a job has written into its export. */
export async function noteExported(
  trx: Transaction<Crm>,
  job: number,
  prospects: readonly number[],
): Promise<void> {
  await sql`
    insert into exported (id_job, prospects)
    values (${job}, ${prospects}::bigint[])`.execute(trx);
}

/** Forgets what a job has noted: it begins anew. */
export async function forgetExported(db: Kysely<Crm>, job: number): Promise<void> {
  await sql`delete from exported where exported.id_job = ${job}`.execute(db);
}
