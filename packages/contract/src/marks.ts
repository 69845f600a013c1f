/** How many combining marks follow one another at the most: UAX #15, Stream-Safe Text Format. */
const LONG = /(\p{M}{30})\p{M}+/gu;

/**
 * The text without the marks of a letter beyond the thirtieth, which no language has. To normalise a
 * text takes the square of how many there are in a row: half a million would take minutes.
 */
export const fewMarks = (text: string): string => text.replace(LONG, '$1');
