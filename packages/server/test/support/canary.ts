import { type QueryExecutorProvider, sql } from 'kysely';

/**
 * The tables of a database of which a row holds this text, in any column: as text, inside JSON, or
 * as the bytes of its UTF-8.
 */
export async function tablesWith(db: QueryExecutorProvider, text: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`.execute(db);
  const found: string[] = [];
  const bytes = Buffer.from(text).toString('hex');
  for (const { name } of rows) {
    const hits = await sql`
      select from ${sql.table(name)} own
      where strpos(own::text, ${text}) > 0 or strpos(own::text, ${bytes}) > 0
      limit 1`.execute(db);
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
}
