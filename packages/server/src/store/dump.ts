import type { LoadCollection } from '@relais/contract';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';
import { layouts } from './load.ts';

const PAGE = 5_000;

/** The collections of the format, in its order. */
export const dumpCollections = Object.keys(layouts) as LoadCollection[];

/** Runs a piece of work on one consistent snapshot, while others go on changing the database. */
export function onSnapshot<Result>(
  db: Kysely<Crm>,
  work: (trx: Transaction<Crm>) => Promise<Result>,
): Promise<Result> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(work);
}

/** The records of a collection as JSON texts, by id, a page at a time; nulls are left out. */
export async function* dumpRecords(
  trx: Transaction<Crm>,
  collection: LoadCollection,
): AsyncGenerator<string[]> {
  const layout = layouts[collection];
  const members = Object.fromEntries(
    Object.entries(layout.renamed).map(([member, column]) => [column, member]),
  );
  const columns = layout.columns.map((column) =>
    column.endsWith('_at')
      ? sql`to_char(row.${sql.ref(column)} at time zone 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${sql.ref(column)}`
      : sql`row.${sql.ref(column)} as ${sql.ref(members[column] ?? column)}`,
  );
  let after = 0;
  for (;;) {
    const { rows } = await sql<{ id: number; record: string }>`
      select page.id, json_strip_nulls(row_to_json(page))::text as record
      from (
        select ${sql.join(columns)} from ${sql.table(layout.table)} row
        where row.id > ${after} order by row.id limit ${PAGE}
      ) page order by page.id`.execute(trx);
    if (rows.length) yield rows.map(({ record }) => record);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}
