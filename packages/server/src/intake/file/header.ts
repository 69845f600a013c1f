import { fieldOf } from '../fields.ts';
import { isOwnTitle } from './ownColumns.ts';
import type { Row } from './rowFile.ts';

/** What titles are not: an e-mail address, or digits enough for a telephone or a date. */
const looksLikeData = (cell: string): boolean =>
  cell.includes('@') || cell.replaceAll(/\D/g, '').length >= 6;

/**
 * The header among the first rows of a file: the first row, when it has the titles of a file of
 * ours, when it names two known fields, or one and holds no data, or when it holds no data and a
 * later row does. Undefined when the first row is a lead.
 */
export function findHeader(rows: readonly Row[]): Row | undefined {
  const [first, ...others] = rows;
  if (first === undefined) return undefined;
  const known = first.cells.filter((cell) => fieldOf(cell) !== undefined).length;
  const isHeader =
    known >= 2 ||
    first.cells.some(isOwnTitle) ||
    (!first.cells.some(looksLikeData) &&
      (known === 1 || others.some(({ cells }) => cells.some(looksLikeData))));
  return isHeader ? first : undefined;
}
