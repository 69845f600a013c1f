import type { Position } from '../store/queue.ts';
import { counted } from './counted.ts';
import { decodeCursor, encodeCursor, type ListName } from './present.ts';

/** The place after which a page begins; undefined: the first page. */
export const pageStart = (list: ListName, cursor: string | undefined): Position | undefined =>
  decodeCursor(list, cursor, 'the "next"');

/** A page of a list, from rows of which one more than `limit` was asked for. */
export function pageOf<Row extends { readonly position: Position }, Item>(
  list: ListName,
  rows: readonly Row[],
  limit: number,
  count: number,
  present: (row: Row) => Item,
) {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const { count: total, more } = counted(count);
  return {
    items: shown.map(present),
    next: rows.length > limit && last ? encodeCursor(list, last.position) : null,
    total,
    more,
  };
}
