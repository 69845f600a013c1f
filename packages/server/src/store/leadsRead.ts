import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { LeadDraft } from '../intake/leadDraft.ts';
import type { Reason } from '../intake/reason.ts';
import type { Match, Outcome } from './leads.ts';
import { type Position, positionTime } from './queue.ts';
import type { Channel } from './sources.ts';

/** A lead without what it says. */
export interface RecentLead {
  readonly id: number;
  readonly received_at: Date;
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly id_action: number | null;
  readonly id_prospect: number | null;
}

/** The latest leads of a source, newest first, from lead_received. */
export async function listRecent(
  db: Kysely<Crm>,
  source: number,
  most: number,
): Promise<RecentLead[]> {
  const found = await sql<RecentLead>`
    select lead.id, lead.received_at, lead.outcome, lead.reasons, lead.id_action, lead.id_prospect
    from lead where lead.id_source = ${source}
    order by lead.received_at desc, lead.id desc limit ${most}`.execute(db);
  return found.rows;
}

export interface QuarantineFilter {
  /** Names of sources; undefined: all. */
  readonly sources?: readonly string[] | undefined;
  /** Codes, of which a lead has one at least; undefined: any. */
  readonly reasons?: readonly string[] | undefined;
  /** Whose rows they are; undefined: of any import, or none. */
  readonly importId?: number | undefined;
}

/** A lead of the quarantine as lists show it. */
export interface QuarantinedLead {
  readonly id: number;
  readonly source: string;
  readonly channel: Channel;
  readonly received_at: Date;
  readonly reasons: readonly Reason[];
  readonly draft: LeadDraft | null;
}

/**
 * The leads that wait, source by source from lead_quarantine: each source is read no deeper than
 * `most`, however many wait there. Columns: id.
 */
function waiting(
  { sources, reasons, importId }: QuarantineFilter,
  most: number,
  after: number,
): RawBuilder<{ id: number }> {
  const ofSources = sources ? sql`where source.nom = any(${sources}::text[])` : sql``;
  const withReasons = reasons
    ? sql`and exists (
        select from jsonb_array_elements(lead.reasons) reason
        where reason ->> 'code' = any(${reasons}::text[]))`
    : sql``;
  const ofImport = importId === undefined ? sql`` : sql`and lead.id_import = ${importId}`;
  return sql`
    select next.id from source cross join lateral (
      select lead.id from lead
      where lead.id_source = source.id and lead.outcome = 'quarantined' and lead.id > ${after}
        ${withReasons} ${ofImport}
      order by lead.id limit ${most}
    ) next
    ${ofSources}`;
}

/** A page of the leads that wait, oldest first, from after an id on. */
export async function readQuarantine(
  db: Kysely<Crm>,
  filter: QuarantineFilter,
  most: number,
  after = 0,
): Promise<(QuarantinedLead & { position: Position })[]> {
  const found = await sql<QuarantinedLead & { exact: string }>`
    select lead.id, source.nom as source, source.channel, lead.received_at, lead.reasons, lead.draft,
      ${positionTime(sql`lead.received_at`)} as exact
    from (${waiting(filter, most, after)} order by next.id limit ${most}) head
    join lead on lead.id = head.id
    join source on source.id = lead.id_source
    order by lead.id`.execute(db);
  return found.rows.map(({ exact, ...lead }) => ({
    ...lead,
    position: { at: exact, id: lead.id },
  }));
}

/** How many leads wait; counts no further than `most`. */
export async function countQuarantine(
  db: Kysely<Crm>,
  filter: QuarantineFilter,
  most: number,
): Promise<number> {
  const counted = await sql<{ leads: number }>`
    select count(*) as leads from (${waiting(filter, most, 0)} limit ${most}) own`.execute(db);
  return counted.rows[0]?.leads ?? 0;
}

/** A lead of the ledger, whole. */
export interface LedgerLead extends RecentLead {
  readonly source: string;
  readonly channel: Channel;
  readonly matched_on: readonly Match[];
  readonly draft: LeadDraft | null;
  readonly import: { id: number; file_name: string; line: number } | null;
  readonly settled_at: Date | null;
  readonly settled_by: string | null;
}

/** The lead of this id, whatever has become of it. */
export async function findLead(db: Kysely<Crm>, id: number): Promise<LedgerLead | undefined> {
  const found = await sql<LedgerLead>`
    select lead.id, source.nom as source, source.channel, lead.received_at, lead.outcome,
      lead.reasons, lead.matched_on, lead.draft, lead.id_action, lead.id_prospect,
      case when import.id is not null then json_build_object(
        'id', import.id, 'file_name', import.file_name, 'line', lead.line) end as import,
      lead.settled_at, lead.settled_by
    from lead join source on source.id = lead.id_source
    left join import on import.id = lead.id_import
    where lead.id = ${id}`.execute(db);
  return found.rows[0];
}
