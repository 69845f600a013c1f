import { cleanText } from '../normalise/text.ts';
import { isOwnTitle } from './ownColumns.ts';

/** A title for each of so many columns: a generated one where the header has none. */
export function titlesOf(header: readonly string[], columns: number): string[] {
  const titles: string[] = [];
  let own = 0;
  for (let index = 0; index < columns; index += 1) {
    const title = cleanText(header[index] ?? '').text || generatedTitle(index, own);
    titles.push(title);
    if (isOwnTitle(title)) own += 1;
  }
  return titles;
}

/**
 * The title of a column that the file gives none, or that is beyond the titles. Our own columns
 * before it, `own` of them, do not count, so that a column keeps its title in a file that we write.
 */
export const generatedTitle = (index: number, own: number): string => `colonne ${index + 1 - own}`;
