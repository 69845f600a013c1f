import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { isDue } from './due.ts';
import { wasResent } from './leads.ts';

/** A lead is tried again sooner, seconds. */
const DAY = 86_400;

/** A lead that Meta has told of. */
export interface NewNotice {
  readonly leadgenId: string;
  /** Ids of form and ad, as far as they are known. */
  readonly hints: readonly string[];
}

/**
 * Keeps notices until their leads are fetched. Those that are kept or in the ledger are passed over,
 * but for leads that could not be fetched: these are asked for again. So is, once, what a file
 * brought: that it came from Meta as well is then noted of it.
 */
export async function insertNotices(
  db: Kysely<Crm>,
  source: number,
  notices: readonly NewNotice[],
): Promise<void> {
  const rows = notices.map(({ leadgenId, hints }) => ({ leadgen_id: leadgenId, hints }));
  await sql`
    insert into meta_notice (id_source, leadgen_id, hints)
    select distinct on (own.leadgen_id) ${source}::bigint, own.leadgen_id, own.hints
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) own (leadgen_id text, hints text[])
    where not exists (
      select from lead where lead.id_source = ${source} and lead.external_id = own.leadgen_id
        and (lead.id_import is null or ${wasResent})
        and not (lead.outcome = 'quarantined' and coalesce(lead.draft ? 'unfetched', false)))
    on conflict (id_source, leadgen_id) do nothing`.execute(db);
}

/** A notice whose lead is to be fetched now. */
export interface DueNotice {
  readonly leadgenId: string;
  /** How many attempts have failed. */
  readonly attempts: number;
  readonly receivedAt: Date;
}

/**
 * Takes notices of a source that are due, oldest first. Each is due again after `leaseSeconds`
 * unless it is settled, so a process that dies while it fetches only delays it.
 */
export async function takeNotices(
  db: Kysely<Crm>,
  source: number,
  most: number,
  leaseSeconds: number,
): Promise<DueNotice[]> {
  const taken = await sql<DueNotice>`
    with due as materialized (
      select meta_notice.leadgen_id from meta_notice
      where meta_notice.id_source = ${source} and ${isDue(sql`meta_notice.due_at`, DAY)}
      order by meta_notice.due_at limit ${most}
      for no key update skip locked
    )
    update meta_notice set due_at = clock_timestamp() + make_interval(secs => ${leaseSeconds})
    where meta_notice.id_source = ${source}
      and meta_notice.leadgen_id in (select due.leadgen_id from due)
    returning meta_notice.leadgen_id as "leadgenId", meta_notice.attempts,
      meta_notice.received_at as "receivedAt"`.execute(db);
  return taken.rows;
}

/** Notes a failed attempt: due again after `seconds`. */
export async function postponeNotice(
  db: Kysely<Crm>,
  source: number,
  leadgenId: string,
  seconds: number,
  problem: string,
): Promise<void> {
  await sql`
    update meta_notice set attempts = meta_notice.attempts + 1, problem = ${problem},
      due_at = clock_timestamp() + make_interval(secs => ${seconds})
    where meta_notice.id_source = ${source} and meta_notice.leadgen_id = ${leadgenId}`.execute(db);
}

/** The hints of a notice; none when there is no notice. */
export async function hintsOf(
  trx: Transaction<Crm>,
  source: number,
  leadgenId: string,
): Promise<readonly string[]> {
  const found = await sql<{ hints: string[] }>`
    select meta_notice.hints from meta_notice
    where meta_notice.id_source = ${source} and meta_notice.leadgen_id = ${leadgenId}`.execute(trx);
  return found.rows[0]?.hints ?? [];
}

/** Forgets a notice whose lead is in the ledger; the caller holds the lead, as a release does. */
export async function settleNotice(
  trx: Transaction<Crm>,
  source: number,
  leadgenId: string,
): Promise<void> {
  await sql`
    delete from meta_notice
    where meta_notice.id_source = ${source} and meta_notice.leadgen_id = ${leadgenId}`.execute(trx);
}
