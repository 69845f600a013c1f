import type { ClientOperationName, OperatorOperationName } from '@relais/contract';
import { invalidParameter } from '../refusal.ts';
import type { Position } from '../store/queue.ts';
import { parseId } from '../text/parseId.ts';

/** A JSON array of texts that are JSON already. */
export const jsonArray = (texts: readonly string[]): string => `[${texts.join(',')}]`;

/** The headers of a cut list; none when the answer holds everything. */
export const pageHeaders = (list: ListName, next: Position | undefined) =>
  next ? { 'Result-Truncated': 'true', 'Next-Cursor': encodeCursor(list, next) } : {};

/** The operation that gives a list. */
export type ListName = ClientOperationName | OperatorOperationName;

/** A position in a list as the text of a cursor, which names its list. */
export const encodeCursor = (list: ListName, position: Position): string =>
  Buffer.from(`${list} ${position.at} ${position.id}`).toString('base64url');

const POSITION = /^(\w+) ([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) (\d+)$/;

/** Date takes the 31st of February for a day of March, where PostgreSQL has none. */
function isOfCalendar(at: string): boolean {
  const time = new Date(at);
  return !Number.isNaN(time.getTime()) && at.startsWith(time.toISOString().slice(0, 10));
}

/** The place that a cursor names; a text that is none, or one of another list, is refused. */
export function decodeCursor(
  list: ListName,
  cursor: string | undefined,
  called = 'the Next-Cursor',
): Position | undefined {
  if (cursor === undefined) return undefined;
  const [, own, at = '', digits = ''] =
    POSITION.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  const id = parseId(digits);
  if (own !== list || id === undefined || !isOfCalendar(at)) {
    throw invalidParameter('cursor', `must be ${called} of an earlier answer of this operation`);
  }
  return { at, id };
}
