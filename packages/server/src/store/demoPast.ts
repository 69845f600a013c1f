import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

// The demo's alone: nothing else gives what happens now a time of the past.

/** True when a lead came in by a request, not by a file. */
export async function hasRequestedLeads(db: Kysely<Crm>): Promise<boolean> {
  const found = await sql`select from lead where lead.id_import is null limit 1`.execute(db);
  return found.rows.length > 0;
}

/** How many actions of these regions were ready in a statut by a time. */
export async function countReadyBy(
  trx: Transaction<Crm>,
  regions: readonly number[],
  statut: number,
  at: Date,
): Promise<number> {
  const counted = await sql<{ ready: number }>`
    select count(*) as ready from action
    where action.id_statut = ${statut} and action.id_region = any(${regions}::bigint[])
      and action.ready_at <= ${at}`.execute(trx);
  return counted.rows[0]?.ready ?? 0;
}

/** Gives a lead that came in within this transaction, and what it made, the time of another day. */
export async function dateLead(trx: Transaction<Crm>, id: number, at: Date): Promise<void> {
  await sql`
    with own as (
      update lead set received_at = ${at}, settled_at = case when lead.settled_at is not null
        then ${at}::timestamptz end
      where lead.id = ${id}
      returning lead.id_action, lead.id_prospect,
        (lead.effects ->> 'madeProspect')::boolean as made_prospect,
        (lead.effects ->> 'madeAction')::boolean or lead.effects ->> 'statutBefore' is not null
          as gave_statut
    ),
    ready as (
      update action set ready_at = ${at} from own
      where action.id = own.id_action and own.gave_statut
      returning action.id
    ),
    noted as (
      update statut_change set at = ${at} from ready
      where statut_change.id_action = ready.id and statut_change.at > ${at}
    )
    update prospect set created_at = ${at} from own
    where prospect.id = own.id_prospect and own.made_prospect`.execute(trx);
}

/** The answers of all pulls were written, but of those given; each client and key pulled last then. */
export async function datePulls(
  trx: Transaction<Crm>,
  uncertain: readonly string[],
): Promise<void> {
  await sql`
    update pull set answer_written_at = pull.pulled_at + interval '45 milliseconds'
    where not pull.id = any(${uncertain}::uuid[])`.execute(trx);
  await sql`
    update client set last_pulled_at = own.last from (
      select pull.id_client, max(pull.pulled_at) as last from pull group by pull.id_client
    ) own where client.id = own.id_client`.execute(trx);
  await sql`
    insert into key_use (id_key, last_used_at, last_operation)
    select pull.id_key, max(pull.pulled_at), 'pullContacts' from pull group by pull.id_key
    on conflict (id_key) do nothing`.execute(trx);
}

/** Lets these clients and their keys, and these sources, have been there since a time. */
export async function dateSetup(
  trx: Transaction<Crm>,
  { clients, sources }: { clients: readonly number[]; sources: readonly number[] },
  at: Date,
): Promise<void> {
  await sql`update client set created_at = ${at}
    where client.id = any(${clients}::bigint[])`.execute(trx);
  await sql`update api_key set created_at = ${at}
    where api_key.id_client = any(${clients}::bigint[])`.execute(trx);
  await sql`update source set created_at = ${at}
    where source.id = any(${sources}::bigint[])`.execute(trx);
}
