import { type QueryExecutorProvider, sql } from 'kysely';
import { isOfPerson } from './auditOfPerson.ts';
import { allOf } from './conditions.ts';
import { type Position, positionTime } from './queue.ts';

/** An entry of an audit as it stands. */
export interface WrittenEntry {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly act: string;
  readonly target: string;
  readonly detail: Record<string, unknown>;
}

export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly act?: string | undefined;
  readonly target?: string | undefined;
  /** Whom entries show or touch; in a CRM database alone. */
  readonly prospect?: number | undefined;
  /** ISO 8601; `from` is in, `to` is not. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const matching = (filter: AuditFilter) =>
  allOf([
    filter.actor !== undefined && sql`audit.actor = ${filter.actor}`,
    filter.act !== undefined && sql`audit.act = ${filter.act}`,
    filter.target !== undefined && sql`audit.target = ${filter.target}`,
    filter.prospect !== undefined && isOfPerson(filter.prospect),
    filter.from !== undefined && sql`audit.at >= ${filter.from}::timestamptz`,
    filter.to !== undefined && sql`audit.at < ${filter.to}::timestamptz`,
  ]);

/**
 * Entries of the audit of a CRM database or of the catalog, newest first, `most` of them, from
 * after a position on. Read from audit_at, audit_actor or audit_target, or found by person.
 */
export async function listEntries(
  db: QueryExecutorProvider,
  filter: AuditFilter,
  most: number,
  after?: Position,
): Promise<(WrittenEntry & { position: Position })[]> {
  const from = after
    ? sql`and (audit.at, audit.id) < (${after.at}::timestamptz, ${after.id}::bigint)`
    : sql``;
  const found = await sql<WrittenEntry & { exact: string }>`
    select audit.id, audit.at, audit.actor, audit.act, audit.target, audit.detail,
      ${positionTime(sql`audit.at`)} as exact
    from audit where ${matching(filter)} ${from}
    order by audit.at desc, audit.id desc limit ${most}`.execute(db);
  return found.rows.map(({ exact, ...entry }) => ({
    ...entry,
    position: { at: exact, id: entry.id },
  }));
}

/** How many entries there are; counts no further than `most`. */
export async function countEntries(
  db: QueryExecutorProvider,
  filter: AuditFilter,
  most: number,
): Promise<number> {
  const counted = await sql<{ entries: number }>`
    select count(*) as entries
    from (select from audit where ${matching(filter)} limit ${most}) own`.execute(db);
  return counted.rows[0]?.entries ?? 0;
}
