import type { LoadCollection } from '@relais/contract';
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import type { Layout } from './loadLayout.ts';

/** The most that a page holds: records, and bytes of their texts. */
const PAGE = 2_000;
const PAGE_BYTES = 2 * 1024 * 1024;

/** What is left of erased persons stays behind: the format has no place for it. */
const carried: Partial<Record<LoadCollection, RawBuilder<boolean>>> = {
  prospects: sql`row.erased_at is null`,
  actions: sql`row.id_statut is not null`,
};

/** The records of a collection as JSON texts, by id, a page at a time; nulls are left out. */
export async function* dumpRecords(
  trx: Transaction<Crm>,
  layout: Layout,
): AsyncGenerator<string[]> {
  const table = sql.table(layout.table);
  const sizes = layout.members
    .filter(({ type }) => type === 'text')
    .map(({ column }) => sql`coalesce(octet_length(row.${sql.ref(column)}), 0)`);
  const members = layout.members.map(({ name, column, type }) =>
    type === 'timestamptz'
      ? sql`${isoTime(column)} as ${sql.ref(name)}`
      : sql`row.${sql.ref(column)} as ${sql.ref(name)}`,
  );
  let after = 0;
  for (;;) {
    // The sizes are known without reading long texts, which PostgreSQL keeps apart. A page has one
    // record at least: what came before the first takes no bytes.
    const { rows } = await sql<{ id: number; record: string }>`
      select page.id, json_strip_nulls(row_to_json(page))::text as record
      from (
        select ${sql.join(members)}
        from (
          select row.*, coalesce(sum(${sql.join(sizes, sql` + `)}) over (
            order by row.id rows between unbounded preceding and 1 preceding), 0) as bytes_before
          from (
            select row.* from ${table} row
            where row.id > ${after} and ${carried[layout.collection] ?? sql`true`}
            order by row.id limit ${PAGE}
          ) row
        ) row
        where row.bytes_before < ${PAGE_BYTES}
      ) page order by page.id`.execute(trx);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(({ record }) => record);
    after = last.id;
  }
}

/** ISO 8601 in UTC with milliseconds, and microseconds where there are any. */
const isoTime = (column: string) => sql`
  regexp_replace(to_char(row.${sql.ref(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    '000$', '') || 'Z'`;
