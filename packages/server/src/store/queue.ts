import { type RawBuilder, sql } from 'kysely';
import { unseen } from '../db/pool.ts';
import type { Scope } from '../keys/scope.ts';

/** A place in a queue: a time to the microsecond, as text, and an action id. */
export interface Position {
  readonly at: string;
  readonly id: number;
}

/** A time as a position holds it: exact, where a Date would lose the microseconds. */
export const positionTime = (time: RawBuilder<unknown>): RawBuilder<string> =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The lanes of a scope, as a relation `lane (id)`, and what puts an action into one. */
function lanesOf({ regions, programmes }: Scope) {
  return programmes
    ? {
        lanes: sql`unnest(${unseen(sql`${programmes}::bigint[]`)}) as lane (id)`,
        inLane: sql`action.id_programme = lane.id and action.id_region = any(${regions}::bigint[])`,
      }
    : {
        lanes: sql`unnest(${unseen(sql`${regions}::bigint[]`)}) as lane (id)`,
        inLane: sql`action.id_region = lane.id`,
      };
}

/** How deep lanes are read: as deep as asked, or a little deeper. */
const DEPTHS = [1, 5, 20, 50, 201, 501];

/**
 * The limit of a lane that is read `most` deep, as a number in the text. Where a limit is a
 * parameter, PostgreSQL supposes a tenth of what there is when it plans for any values: of a long
 * queue that is much, so it holds that plan for dear, and plans each time anew.
 */
export const depth = (most: number): RawBuilder<number> =>
  sql.lit(DEPTHS.find((deep) => deep >= most) ?? most);

/**
 * The first `most` rows of a query that is ordered. The limit is said twice: a tenth of a tenth is
 * less than there ever is, so the plan for any values is always held for the cheaper one.
 */
export const first = <Row>(rows: RawBuilder<Row>, most: number): RawBuilder<Row> =>
  sql`select * from (${rows} limit ${most}) first limit ${most}`;

/** How many times its share of what is asked for a lane is read at first. */
const AHEAD = 4;

/**
 * The ids of a statut's actions in the scope, oldest first and then lowest id, at most `most` of
 * them, from after a position on. Columns: id, ready_at.
 *
 * Each region (or, where programmes are asked for, each programme) is a lane of the index and is
 * read hardly more than `most` deep, then the lanes are merged: what lies in regions that the key
 * does not see is never read, however much of it there is. Where there are many lanes, most of what
 * would be read of each is not among the first. So a little of each is read before: if that is
 * enough already, the last that is needed of it is as far as the lanes have to be read.
 */
export function queue(
  scope: Scope,
  statut: number,
  after: Position | undefined,
  most: number,
): RawBuilder<{ id: number; ready_at: Date }> {
  const { lanes, inLane } = lanesOf(scope);
  const from = after
    ? sql`and (action.ready_at, action.id) > (${after.at}::timestamptz, ${after.id}::bigint)`
    : sql``;
  const merged = (deep: number, until = sql``) => sql<{ id: number; ready_at: Date }>`
    select next.id, next.ready_at
    from ${lanes}
    cross join lateral (
      select action.id, action.ready_at from action
      where action.id_statut = ${statut} and ${inLane} ${from} ${until}
      order by action.ready_at, action.id
      limit ${depth(deep)}
    ) next
    order by next.ready_at, next.id`;
  const share = AHEAD * Math.ceil(most / (scope.programmes ?? scope.regions).length);
  if (!(share < most)) return first(merged(most), most);
  const until = sql`and (action.ready_at, action.id) <= (
    coalesce((select last.ready_at from last), 'infinity'),
    coalesce((select last.id from last), ${Number.MAX_SAFE_INTEGER}::bigint))`;
  return sql`
    with last as materialized (${merged(share)} offset ${most - 1} limit 1)
    ${first(merged(most, until), most)}`;
}

/**
 * One row for each of a statut's actions in the scope, in no order, at most `most` of them: to be
 * counted. It stops reading when it has that many, whatever the number of lanes.
 */
export function queueLength(scope: Scope, statut: number, most: number): RawBuilder<unknown> {
  const { lanes, inLane } = lanesOf(scope);
  return sql`
    select from ${lanes}
    cross join lateral (
      select from action where action.id_statut = ${statut} and ${inLane} limit ${sql.lit(most)}
    ) next
    limit ${sql.lit(most)}`;
}
