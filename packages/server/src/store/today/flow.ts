import { type Kysely, sql } from 'kysely';
import type { DB as Crm } from '../../db/crm.generated.ts';
import type { Day } from '../lastDays.ts';
import type { Outcome } from '../leads.ts';

/** How many contacts were asked about on each of these days, as lists have them; from action_created alone. */
export async function countContacts(
  db: Kysely<Crm>,
  days: readonly Day[],
): Promise<{ day: number; contacts: number }[]> {
  const begins = days.map((day) => day.begins);
  const found = await sql<{ day: number; contacts: number }>`
    select width_bucket(action.created_at, ${begins}::timestamptz[]) - 1 as day, count(*) as contacts
    from action where action.created_at >= ${begins[0]} and action.id_statut is not null
    group by 1`.execute(db);
  return found.rows;
}

/** Leads of one source that came on one day and have come to the same. */
export interface LeadCount {
  readonly source: string;
  /** Index of the day. */
  readonly day: number;
  readonly outcome: Outcome;
  readonly leads: number;
}

/** The leads of these days but those of undone imports, counted from lead_received alone. */
export async function countLeads(db: Kysely<Crm>, days: readonly Day[]): Promise<LeadCount[]> {
  const begins = days.map((day) => day.begins);
  const found = await sql<LeadCount>`
    select source.nom as source, own.day, own.outcome, own.leads
    from source
    cross join lateral (
      select width_bucket(lead.received_at, ${begins}::timestamptz[]) - 1 as day, lead.outcome,
        count(*) as leads
      from lead
      where lead.id_source = source.id and lead.received_at >= ${begins[0]}
        and lead.outcome <> 'undone'
      group by 1, 2
    ) own`.execute(db);
  return found.rows;
}

/** The programmes with most enquiries made since a time, counted from action_created alone. */
export async function busiestProgrammes(
  db: Kysely<Crm>,
  since: Date,
  most: number,
): Promise<{ programme_id: number; programme_nom: string; region_nom: string; actions: number }[]> {
  const found = await sql<{
    programme_id: number;
    programme_nom: string;
    region_nom: string;
    actions: number;
  }>`
    select programme.id as programme_id, programme.nom as programme_nom, region.nom as region_nom,
      own.actions
    from (
      select action.id_programme, count(*) as actions from action
      where action.created_at >= ${since} and action.id_statut is not null
      group by action.id_programme order by actions desc, action.id_programme limit ${most}
    ) own
    join programme on programme.id = own.id_programme
    join region on region.id = programme.id_region
    order by own.actions desc, programme.id`.execute(db);
  return found.rows;
}

/** What was pulled on one day, and what of it was put back since. */
export interface PulledCount {
  /** Index of the day. */
  readonly day: number;
  readonly contacts: number;
  readonly released: number;
}

/** What was pulled on these days; a row for each day with a pull. Read by pull_pulled. */
export async function countPulled(db: Kysely<Crm>, days: readonly Day[]): Promise<PulledCount[]> {
  const begins = days.map((day) => day.begins);
  const found = await sql<PulledCount>`
    select width_bucket(pull.pulled_at, ${begins}::timestamptz[]) - 1 as day,
      sum(pull.contacts) as contacts, sum(coalesce(pull.released, 0)) as released
    from pull where pull.pulled_at >= ${begins[0]}
    group by 1`.execute(db);
  return found.rows;
}
