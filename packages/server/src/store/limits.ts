import { type Kysely, sql } from 'kysely';
import type { DB as Catalog } from '../db/catalog.generated.ts';

/** Hits of one process, one or more, that the others have not heard of. */
export interface Hits {
  /** Which limit. */
  readonly name: string;
  /** SHA-256 of whom it is about. */
  readonly subject: Buffer;
  readonly hits: number;
  /** Milliseconds until the window ends, should this be its beginning. */
  readonly left: number;
}

/** What all processes have counted in a window that goes on. */
export interface Total {
  readonly hits: number;
  /** Milliseconds. */
  readonly left: number;
}

/**
 * Adds hits to their windows, begins those that there are not, and gives each one's total, in the
 * order of what was given. Whoever adds to the same window waits, so no two see the same total. A
 * window counts while the clock is in it: also a clock that was put back ends it.
 */
export async function addHits(catalog: Kysely<Catalog>, hits: readonly Hits[]): Promise<Total[]> {
  const given = hits.map(({ subject, ...rest }) => ({ ...rest, subject: subject.toString('hex') }));
  const live = sql`
    held.ends_at > clock_timestamp() and held.started_at <= clock_timestamp() + interval '1 second'`;
  const { rows } = await sql<Total & { name: string; subject: Buffer }>`
    insert into limit_window as held (name, subject, hits, started_at, ends_at)
    select given.name, decode(given.subject, 'hex'), given.hits, clock_timestamp(),
      clock_timestamp() + make_interval(secs => given.left / 1000)
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as given (name text, subject text, hits integer, "left" double precision)
    -- Always in one order: two processes that add to the same windows never wait for each other.
    order by 1, 2
    on conflict (name, subject) do update set
      hits = case when ${live} then held.hits + excluded.hits else excluded.hits end,
      started_at = case when ${live} then held.started_at else excluded.started_at end,
      ends_at = case when ${live} then held.ends_at else excluded.ends_at end
    returning held.name, held.subject, held.hits,
      extract(epoch from held.ends_at - clock_timestamp())::double precision * 1000 as "left"
  `.execute(catalog);
  const of = (name: string, subject: Buffer) => `${name} ${subject.toString('hex')}`;
  const totals = new Map(rows.map((row) => [of(row.name, row.subject), row]));
  return hits.map(({ name, subject }) => totals.get(of(name, subject)) ?? { hits: 0, left: 0 });
}

/** Takes one hit back. */
export async function takeHitBack(
  catalog: Kysely<Catalog>,
  name: string,
  subject: Buffer,
): Promise<void> {
  await sql`
    update limit_window set hits = hits - 1
    where limit_window.name = ${name} and limit_window.subject = ${subject}
      and limit_window.hits > 0`.execute(catalog);
}

/** Ends the window of one subject. */
export async function forgetHits(
  catalog: Kysely<Catalog>,
  name: string,
  subject: Buffer,
): Promise<void> {
  await catalog
    .deleteFrom('limit_window')
    .where('limit_window.name', '=', name)
    .where('limit_window.subject', '=', subject)
    .execute();
}

/** Removes the windows that have ended. */
export async function clearHits(catalog: Kysely<Catalog>): Promise<void> {
  await catalog
    .deleteFrom('limit_window')
    .where('limit_window.ends_at', '<', sql<Date>`clock_timestamp()`)
    .execute();
}
