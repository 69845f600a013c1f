import { sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

/** Locks every client in the order of their ids: a pull is before, or after. */
export async function lockClients(trx: Transaction<Crm>): Promise<void> {
  await sql`select from client order by client.id for update`.execute(trx);
}

/**
 * Lets nobody write of persons until the transaction ends: the tables in the order in which the
 * doors write them, so that none has what this waits for, and waits for what this has.
 */
export async function lockContacts(trx: Transaction<Crm>): Promise<void> {
  await sql`
    lock table import, lead, prospect_identity, prospect, pull, action, pull_item, statut_change,
      erased_identity in exclusive mode`.execute(trx);
}

/**
 * Removes every person, what they asked and what became of it, with the jobs and their files. Not to
 * be called on real ones, and only when no job is live.
 */
export async function clearContacts(trx: Transaction<Crm>): Promise<void> {
  await sql`delete from statut_change`.execute(trx);
  await sql`delete from lead`.execute(trx);
  await sql`
    delete from stored_file file
    where exists (select from job where file.id in (job.id_input, job.id_output))`.execute(trx);
  await sql`delete from job`.execute(trx);
  await sql`delete from import`.execute(trx);
  await sql`delete from pull_item`.execute(trx);
  await sql`delete from action`.execute(trx);
  await sql`delete from pull`.execute(trx);
  await sql`delete from prospect_identity`.execute(trx);
  await sql`delete from prospect`.execute(trx);
  await sql`delete from erased_identity`.execute(trx);
  await sql`update client set last_pull_seq = 0, last_pulled_at = null`.execute(trx);
}
