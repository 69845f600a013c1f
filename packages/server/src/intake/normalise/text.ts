import { fewMarks } from '@relais/contract';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;
const INVISIBLE = /[\p{White_Space}\u180e\u200b-\u200d\u2060\ufeff]/u;

/**
 * A text as the database may hold it: well-formed Unicode in NFC, line ends as LF, without white
 * space or zero-width characters at its ends. Control characters other than tab, newline and
 * return, and lone surrogates, are replaced by U+FFFD, marks that no language has are left out, and
 * `cleaned` says so. Cleaning a text again changes nothing.
 */
export function cleanText(typed: string): { text: string; cleaned: boolean } {
  const trimmed = trimText(typed);
  const storable = storableText(trimmed);
  const text = storable.replace(/\r\n?/g, '\n').normalize('NFC');
  return { text, cleaned: storable !== trimmed };
}

/**
 * The text with U+FFFD for each character that PostgreSQL or a reader could not take, and without
 * marks that no language has.
 */
export const storableText = (text: string): string =>
  fewMarks(text.toWellFormed().replace(CONTROL, '\ufffd'));

/** Takes white space and zero-width characters off both ends; a pattern would be quadratic here. */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && INVISIBLE.test(text.charAt(start))) start += 1;
  while (end > start && INVISIBLE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/** The first `most` UTF-16 code units of a text, the last of them an ellipsis where it is cut. */
export const cutText = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** Whether there is nothing to be seen in a text. */
export const isBlank = (text: string): boolean => trimText(text) === '';
