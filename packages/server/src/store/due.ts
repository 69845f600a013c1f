import { type RawBuilder, sql } from 'kysely';

/**
 * Whether the time is there that was noted for a piece of work. Nothing is noted more than `most`
 * seconds ahead: what is, was noted by a clock that has been put back since, and does not wait until
 * then, which may be a month. `infinity` never comes.
 */
export const isDue = (at: RawBuilder<unknown>, most: number): RawBuilder<boolean> => sql`(
  ${at} <= clock_timestamp()
  or (${at} > clock_timestamp() + make_interval(secs => ${most}) and isfinite(${at})))`;
