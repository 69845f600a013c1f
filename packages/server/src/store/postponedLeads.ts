import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isDue } from './due.ts';

/** Has a lead of the quarantine tried again in `seconds`. */
export async function insertPostponed(
  trx: Transaction<Crm>,
  lead: number,
  seconds: number,
): Promise<void> {
  await sql`
    insert into postponed_lead (id_lead, due_at)
    values (${lead}::bigint, clock_timestamp() + make_interval(secs => ${seconds}))`.execute(trx);
}

/** Has the leads of `undo_lead` tried again that wait as postponed ones again. */
export async function postponeAgain(trx: Transaction<Crm>): Promise<void> {
  await sql`
    insert into postponed_lead (id_lead, due_at)
    select lead.id, clock_timestamp()
    from undo_lead join lead on lead.id = undo_lead.id
    where lead.outcome = 'quarantined' and lead.reasons @> '[{"code": "postponed"}]'
    on conflict (id_lead) do nothing`.execute(trx);
}

/**
 * Takes the lead that has been due longest and gives its id; undefined when none is due. It is due
 * again after `leaseSeconds` unless it is forgotten: a process that dies meanwhile only delays it.
 */
export async function takePostponed(
  db: Kysely<Crm>,
  leaseSeconds: number,
): Promise<number | undefined> {
  const taken = await sql<{ id: number }>`
    with due as materialized (
      select own.id_lead from postponed_lead own
      where ${isDue(sql`own.due_at`, 2 * leaseSeconds)}
      order by own.due_at limit 1
      for no key update skip locked
    )
    update postponed_lead own
    set due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    from due where own.id_lead = due.id_lead
    returning own.id_lead as id`.execute(db);
  return taken.rows[0]?.id;
}

/** Forgets that a lead was to be tried again. */
export async function forgetPostponed(trx: Transaction<Crm>, lead: number): Promise<void> {
  await sql`delete from postponed_lead own where own.id_lead = ${lead}`.execute(trx);
}
