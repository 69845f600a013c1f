import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../keys/scope.ts';

/** A place in a queue: a time to the microsecond, as text, and an action id. */
export interface Position {
  readonly at: string;
  readonly id: number;
}

/** A time as a position holds it: exact, where a Date would lose the microseconds. */
export const positionTime = (time: RawBuilder<unknown>): RawBuilder<string> =>
  sql`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/**
 * The ids of a statut's actions in the scope, oldest first and then lowest id, at most `most` of
 * them, from after a position on. Columns: id, ready_at.
 *
 * Each region (or, where programmes are asked for, each programme) is a lane of the index and is
 * read at most `most` deep, then the lanes are merged: what lies in regions that the key does not
 * see is never read, however much of it there is.
 */
export function queue(
  scope: Scope,
  statut: number,
  after: Position | undefined,
  most: number,
): RawBuilder<{ id: number; ready_at: Date }> {
  const lane = scope.programmes
    ? sql`action.id_programme = lane.id and action.id_region = any(${scope.regions}::bigint[])`
    : sql`action.id_region = lane.id`;
  const from = after
    ? sql`and (action.ready_at, action.id) > (${after.at}::timestamptz, ${after.id}::bigint)`
    : sql``;
  return sql`
    select next.id, next.ready_at
    from unnest(${scope.programmes ?? scope.regions}::bigint[]) as lane (id)
    cross join lateral (
      select action.id, action.ready_at from action
      where action.id_statut = ${statut} and ${lane} ${from}
      order by action.ready_at, action.id
      limit ${most}
    ) next
    order by next.ready_at, next.id
    limit ${most}`;
}
