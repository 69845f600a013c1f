import { fieldOf } from '../fields.ts';
import { isOwnTitle } from './ownColumns.ts';
import type { Row } from './rowFile.ts';

/**
 * The header among the first rows of a file: the first row, when it has the titles of a file of
 * ours, or names a known field and holds no data, or when it holds no data and a later row does. A
 * row that names two fields is the header in any case, below lines such as the name of the report,
 * which have one cell. Undefined when the first row is a lead.
 */
export function findHeader(rows: readonly Row[]): Row | undefined {
  const [first, ...others] = rows;
  if (first === undefined) return undefined;
  const titled = rows.findIndex((row) => knownTitles(row) >= 2);
  if (titled !== -1 && rows.slice(0, titled).every((row) => filledCells(row) === 1)) {
    return rows[titled];
  }
  const isHeader =
    first.cells.some(isOwnTitle) ||
    (!holdsData(first) && (knownTitles(first) === 1 || others.some(holdsData)));
  return isHeader ? first : undefined;
}

/** How many of the cells are titles of fields that are known. */
export const knownTitles = ({ cells }: Row): number =>
  cells.filter((cell) => fieldOf(cell) !== undefined).length;

const filledCells = ({ cells }: Row): number => cells.filter((cell) => cell.trim() !== '').length;

/** Whether there is what titles are not: an e-mail address, or digits as of a telephone or date. */
const holdsData = ({ cells }: Row): boolean =>
  cells.some((cell) => cell.includes('@') || cell.replaceAll(/\D/g, '').length >= 6);
