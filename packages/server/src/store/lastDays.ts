import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { DB as Crm } from '../db/crm.generated.ts';

const today = sql`(now() at time zone 'Europe/Paris')::date`;

const beginOf = (day: RawBuilder<unknown>) => sql<Date>`
  (${day}::timestamp at time zone 'Europe/Paris')`;

/** When the last so many days of Paris began, today included: what every figure and list begins with. */
export const beginOfLast = (days: number): RawBuilder<Date> =>
  beginOf(sql`(${today} - ${days - 1}::int)`);

/** A day of Paris, as `2026-11-23`, and when it begins. */
export interface Day {
  readonly day: string;
  readonly begins: Date;
}

/** The last 30 days of Paris, today included, oldest first. */
export async function lastDays(db: Kysely<Crm>): Promise<Day[]> {
  const found = await sql<Day>`
    select own.day::text as day, ${beginOf(sql`own.day`)} as begins
    from generate_series(29, 0, -1) ago
    cross join lateral (select ${today} - ago as day) own
    order by own.day`.execute(db);
  return found.rows;
}
