import { isOwnTitle } from './ownColumns.ts';

/** A title for each of so many columns: a generated one where the header has none. */
export function titlesOf(header: readonly string[], columns: number): string[] {
  const titles: string[] = [];
  for (let index = 0; index < columns; index += 1) {
    titles.push(header[index]?.trim() || generatedTitle(titles, index));
  }
  return titles;
}

/**
 * The title of a column that the file gives none, or that is beyond the titles. Our own columns do
 * not count, so that a column keeps its title in a file that we write.
 */
export function generatedTitle(titles: readonly string[], index: number): string {
  return `colonne ${index + 1 - titles.slice(0, index).filter(isOwnTitle).length}`;
}
